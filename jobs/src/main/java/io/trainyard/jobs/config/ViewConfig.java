package io.trainyard.jobs.config;

import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.Window;
import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.ColumnNames;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.NearestName;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.config.binding.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Features of an entity: aggregates over windows, or columns of its newest row. */
@Description("features of an entity: 'aggregate' over 'windows', or 'columns' of its newest row")
public sealed interface ViewConfig extends Checked {
    /** A source, or a view: then the rows of that view's source, with its features as further columns. */
    String source();

    /** Columns that identify the entity. */
    List<String> entity();

    /** Columns of the rows that the features are joined to, by the entity's column; the others have one name on both sides. */
    Map<String, String> on();

    /** How long a row must have happened before it counts. */
    Duration delay();

    /** What must hold of the feature table. */
    List<TestConfig> tests();

    /** Names of the features, given the view's name. */
    List<String> features(String view);

    /** SQL over one row of the source by the key in the file that holds it. */
    Map<String, String> values();

    /** What it computes, by the names in the file. */
    Set<String> named();

    /** What does not fit in the keys that only this kind of view has. */
    default List<Flaw> ownFlaws() {
        return List.of();
    }

    @Override
    default List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        entity().stream()
                .filter(column -> !seen.add(column))
                .forEach(twice -> flaws.add(new Flaw("entity", "'%s' is named twice: keep one".formatted(twice))));
        on().keySet().stream()
                .filter(column -> !seen.contains(column))
                .forEach(column -> flaws.add(new Flaw(
                        "on." + column, "is not among the columns of 'entity'" + NearestName.hint(column, seen))));
        named().stream()
                .filter(name -> entity().stream().anyMatch(name::equalsIgnoreCase))
                .forEach(name -> flaws.add(new Flaw(
                        "entity", "'%s' is also what the view computes: name that otherwise".formatted(name))));
        flaws.addAll(ownFlaws());
        return flaws;
    }

    /** Aggregates of the rows in windows. */
    @Variant("aggregate")
    record Aggregates(
            @Description(ViewKeys.SOURCE) String source,

            @Description(ViewKeys.ENTITY) @Range(min = 1) List<String> entity,

            @Description(ViewKeys.ON) @Default("{}") Map<String, String> on,

            @Description("lengths of the windows, which end where 'delay' begins") @Range(min = 1)
            List<Duration> windows,

            @Description("aggregates of the rows in a window by name, such as count(*) or avg(amount)")
            @Range(min = 1)
            @Matches(value = Names.SOURCE, meaning = Names.SOURCE_MEANING)
            Map<String, String> aggregate,

            @Description(ViewKeys.DELAY) @Default("0 s") Duration delay,

            @Description(ViewKeys.TESTS) @Default("[]") List<TestConfig> tests)
            implements ViewConfig {
        public Aggregates {
            entity = List.copyOf(entity);
            on = Collections.unmodifiableMap(new LinkedHashMap<>(on));
            windows = List.copyOf(windows);
            aggregate = Collections.unmodifiableMap(new LinkedHashMap<>(aggregate));
            tests = List.copyOf(tests);
        }

        /** The aggregates by name, read. */
        public Map<String, Aggregate> aggregates() {
            Map<String, Aggregate> aggregates = new LinkedHashMap<>();
            aggregate.forEach((name, text) -> aggregates.put(name, Aggregate.parse(text)));
            return aggregates;
        }

        @Override
        public Set<String> named() {
            return aggregate.keySet();
        }

        @Override
        public List<String> features(String view) {
            return aggregate.keySet().stream()
                    .flatMap(name -> windows.stream()
                            .map(length -> "%s_%s_%s".formatted(view, name, new Window(length).label())))
                    .toList();
        }

        @Override
        public Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            aggregates()
                    .forEach((name, call) ->
                            call.argument().ifPresent(argument -> values.put("aggregate." + name, argument)));
            return values;
        }

        @Override
        public List<Flaw> ownFlaws() {
            List<Flaw> flaws = new ArrayList<>();
            aggregate.forEach((name, text) -> {
                try {
                    Aggregate.parse(text);
                } catch (IllegalArgumentException broken) {
                    flaws.add(new Flaw("aggregate." + name, broken.getMessage()));
                }
            });
            Set<Duration> seen = new HashSet<>();
            for (Duration length : windows) {
                if (length.isZero()) {
                    flaws.add(new Flaw("windows", "must be longer than nothing"));
                } else if (!seen.add(length)) {
                    flaws.add(new Flaw("windows", "%s is given twice: keep one".formatted(new Window(length).label())));
                }
            }
            return flaws;
        }
    }

    /** Columns of the newest row. */
    @Variant("columns")
    record Columns(
            @Description(ViewKeys.SOURCE) String source,

            @Description(ViewKeys.ENTITY) @Range(min = 1) List<String> entity,

            @Description(ViewKeys.ON) @Default("{}") Map<String, String> on,

            @Description("SQL over the entity's newest row by name, or a list of columns")
            @Range(min = 1)
            @ColumnNames
            @Matches(value = Names.SOURCE, meaning = Names.SOURCE_MEANING)
            Map<String, String> columns,

            @Description("how old the newest row may be; by default any age")
            Optional<Duration> maxAge,

            @Description(ViewKeys.DELAY) @Default("0 s") Duration delay,

            @Description(ViewKeys.TESTS) @Default("[]") List<TestConfig> tests)
            implements ViewConfig {
        public Columns {
            entity = List.copyOf(entity);
            on = Collections.unmodifiableMap(new LinkedHashMap<>(on));
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
            tests = List.copyOf(tests);
        }

        @Override
        public Set<String> named() {
            return columns.keySet();
        }

        @Override
        public List<String> features(String view) {
            return columns.keySet().stream().map(name -> view + "_" + name).toList();
        }

        @Override
        public Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            columns.forEach((name, sql) -> values.put("columns." + name, sql));
            return values;
        }

        @Override
        public List<Flaw> ownFlaws() {
            return maxAge.filter(Duration::isZero).isPresent()
                    ? List.of(new Flaw("max_age", "must be longer than nothing"))
                    : List.of();
        }
    }
}
