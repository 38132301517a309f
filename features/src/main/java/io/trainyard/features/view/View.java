package io.trainyard.features.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Features of an entity, such as a customer or an aircraft, as they were known at any moment.
 *
 * <p>A row of the source counts at time T if it happened at or before T - {@link #delay} and was known at T. What a column or an
 * aggregate is computed of may be known later than the row: then it counts from that moment on.
 */
public sealed interface View permits View.Columns, View.Aggregates {

    /** Names the view, its feature table and, in front of their own names, its features: letters, digits and {@code _}. */
    String name();

    /** Where its rows come from. */
    Source source();

    /** Views whose features, at the time of each row, are columns of the rows too; they are over the same source. */
    List<View> over();

    /** What identifies the entity, at least one column. */
    List<EntityColumn> entity();

    /** How long a row must have happened before it counts. */
    Duration delay();

    /** What must hold of its feature table. */
    List<Test> tests();

    /** Names of the features, in the order in which a training set has them. */
    List<String> features();

    /** The same view, found by other columns of the rows that it is joined to. */
    View withEntity(List<EntityColumn> other);

    /** SQL over one row of the source by the name of the column or aggregate that is made of it, in order. */
    Map<String, String> values();

    /**
     * A column of the entity's key.
     *
     * @param column in the rows of the view's source
     * @param example in the rows that the features are joined to
     */
    record EntityColumn(String column, String example) {
        public EntityColumn {
            Source.requireText("entity of a view", column);
            Source.requireText("column that a view's entity is found by", example);
        }

        /** A column of one name on both sides. */
        public static EntityColumn of(String column) {
            return new EntityColumn(column, column);
        }
    }

    /**
     * The newest row of the entity.
     *
     * @param columns SQL over one row of the source by the column's name
     * @param maxAge a row that happened longer before T does not count; judged after the newest one was chosen
     */
    record Columns(
            String name,
            Source source,
            List<View> over,
            List<EntityColumn> entity,
            Map<String, String> columns,
            Optional<Duration> maxAge,
            Duration delay,
            List<Test> tests)
            implements View {
        public Columns {
            requireSound(name, source, over, entity, delay);
            over = List.copyOf(over);
            entity = List.copyOf(entity);
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
            tests = List.copyOf(tests);
            requireSome(name, "columns", columns);
            requireNoEntity(name, entity, columns);
            if (source.eventTime().isEmpty() && (maxAge.isPresent() || !delay.isZero())) {
                throw new IllegalArgumentException(
                        "Cannot give view '%s' a max_age or a delay: source '%s' has no event time; declare it"
                                .formatted(name, source.name()));
            }
        }

        @Override
        public List<String> features() {
            return columns.keySet().stream().map(column -> name + "_" + column).toList();
        }

        @Override
        public Columns withEntity(List<EntityColumn> other) {
            return new Columns(name, source, over, other, columns, maxAge, delay, tests);
        }

        @Override
        public Map<String, String> values() {
            return columns;
        }
    }

    /**
     * Aggregates over windows that end at T - {@link #delay}, inclusive, and begin one length of the window before, exclusive.
     *
     * @param aggregates by name
     * @param windows at least one
     */
    record Aggregates(
            String name,
            Source source,
            List<View> over,
            List<EntityColumn> entity,
            Map<String, Aggregate> aggregates,
            List<Window> windows,
            Duration delay,
            List<Test> tests)
            implements View {
        public Aggregates {
            requireSound(name, source, over, entity, delay);
            over = List.copyOf(over);
            entity = List.copyOf(entity);
            aggregates = Collections.unmodifiableMap(new LinkedHashMap<>(aggregates));
            windows = List.copyOf(windows);
            tests = List.copyOf(tests);
            requireSome(name, "aggregates", aggregates);
            requireNoEntity(name, entity, aggregates);
            if (windows.isEmpty() || windows.stream().distinct().count() < windows.size()) {
                throw new IllegalArgumentException(
                        "View '%s' needs windows, each once, but has %s".formatted(name, windows));
            }
            if (source.eventTime().isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot aggregate view '%s' over windows: source '%s' has no event time; declare it"
                                .formatted(name, source.name()));
            }
        }

        /** The feature of an aggregate over a window: {@code customer_amount_mean_7d}. */
        public String feature(String aggregate, Window window) {
            return "%s_%s_%s".formatted(name, aggregate, window.label());
        }

        @Override
        public List<String> features() {
            List<String> features = new ArrayList<>();
            aggregates
                    .keySet()
                    .forEach(aggregate -> windows.forEach(window -> features.add(feature(aggregate, window))));
            return Collections.unmodifiableList(features);
        }

        @Override
        public Aggregates withEntity(List<EntityColumn> other) {
            return new Aggregates(name, source, over, other, aggregates, windows, delay, tests);
        }

        @Override
        public Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            aggregates.forEach((name, aggregate) -> aggregate.argument().ifPresent(sql -> values.put(name, sql)));
            return Collections.unmodifiableMap(values);
        }
    }

    private static void requireSound(
            String name, Source source, List<View> over, List<EntityColumn> entity, Duration delay) {
        if (!Pattern.matches("[A-Za-z][A-Za-z0-9_]*", name)) {
            throw new IllegalArgumentException(
                    "Cannot name a view '%s': it names columns, so begin with a letter and use letters, digits and _"
                            .formatted(name));
        }
        if (entity.isEmpty()) {
            throw new IllegalArgumentException("View '%s' needs an entity".formatted(name));
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("The delay of view '%s' is negative: %s".formatted(name, delay));
        }
        over.stream().filter(view -> !view.source().equals(source)).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException(
                    "Cannot base view '%s' on view '%s': they have different sources, '%s' and '%s'"
                            .formatted(
                                    name,
                                    other.name(),
                                    source.name(),
                                    other.source().name()));
        });
    }

    private static void requireNoEntity(String name, List<EntityColumn> entity, Map<String, ?> values) {
        entity.stream()
                .map(EntityColumn::column)
                .filter(column -> values.keySet().stream().anyMatch(column::equalsIgnoreCase))
                .findFirst()
                .ifPresent(column -> {
                    throw new IllegalArgumentException(
                            "View '%s' cannot call something '%s', as it calls its entity: name it otherwise"
                                    .formatted(name, column));
                });
    }

    private static void requireSome(String name, String what, Map<String, ?> values) {
        if (values.isEmpty() || !values.keySet().stream().allMatch(value -> value.matches("[A-Za-z][A-Za-z0-9_]*"))) {
            throw new IllegalArgumentException("View '%s' needs %s, named with letters, digits and _, but has %s"
                    .formatted(name, what, values.keySet()));
        }
    }
}
