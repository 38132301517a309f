package io.trainyard.jobs.config;

import io.trainyard.features.view.Privacy;
import io.trainyard.jobs.config.binding.Findings;
import io.trainyard.jobs.config.binding.NearestName;
import io.trainyard.tuning.metric.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What has to fit between the training set, its source and its views: above all, that no example sees what is not known yet. */
final class TrainingChecks {
    /** Keys that name a column of the training rows, besides the features. */
    private static final List<String> ROLES = List.of(
            "training.key",
            "training.label",
            "training.weight",
            "training.exposure",
            "training.split.on",
            "training.split.column",
            "training.split.drop_known");

    /** Keys that name a source whose rows views are joined to. */
    private static final List<String> JOINED = List.of("training.rows", "training.test_rows", "score.rows");

    private final Findings findings;
    private final Declared declared;

    TrainingChecks(Findings findings) {
        this.findings = findings;
        this.declared = new Declared(findings);
    }

    void run() {
        viewsAreDeclared();
        viewsJoinAsOfATime();
        featuresHaveNamesOfTheirOwn();
        entitiesMeet();
        findings.value("training.rows", String.class)
                .ifPresent(name -> declared.source(name).ifPresent(rows -> {
                    rolesAreRead(name, rows);
                    featuresAreReadAndKnown(name, rows);
                    allColumnsAreKnown(rows);
                    dropKnownKnowsWhen(name, rows);
                }));
    }

    private List<String> views() {
        return findings.list("training.views", String.class);
    }

    private void viewsAreDeclared() {
        for (String view : views()) {
            if (!declared.views().contains(view)) {
                findings.problem(
                        "training.views",
                        "view '%s' is not declared%s".formatted(view, NearestName.hint(view, declared.views())));
            }
        }
    }

    private void viewsJoinAsOfATime() {
        Optional<String> timed = views().stream()
                .filter(view -> declared.root(view)
                        .flatMap(declared::source)
                        .flatMap(SourceConfig::eventTime)
                        .isPresent())
                .findFirst();
        for (String key : JOINED) {
            findings.value(key, String.class)
                    .filter(rows -> timed.isPresent())
                    .filter(rows -> declared.source(rows)
                            .filter(source -> source.eventTime().isEmpty())
                            .isPresent())
                    .ifPresent(rows -> findings.problem(
                            key,
                            "view '%s' is joined as of the time of a row: add 'event_time' to source '%s'"
                                    .formatted(timed.get(), rows)));
        }
    }

    private void featuresHaveNamesOfTheirOwn() {
        Map<String, String> taken = new HashMap<>();
        findings.keys("training.features")
                .forEach(feature -> taken.put(feature.toLowerCase(Locale.ROOT), "the features listed here"));
        views().stream()
                .distinct()
                .forEach(view -> declared.view(view)
                        .ifPresent(config -> config.features(view)
                                .forEach(feature -> Optional.ofNullable(
                                                taken.put(feature.toLowerCase(Locale.ROOT), "view '" + view + "'"))
                                        .ifPresent(other -> findings.problem(
                                                "training.views",
                                                "feature '%s' of view '%s' is also one of %s: rename one of the two"
                                                        .formatted(feature, view, other))))));
    }

    /** Equal values are equal only where both sides are read alike. */
    private void entitiesMeet() {
        for (String view : views()) {
            Optional<String> root = declared.root(view);
            for (String key : JOINED) {
                Optional<String> rows = findings.value(key, String.class)
                        .filter(name -> declared.source(name).isPresent());
                if (root.isPresent() && rows.isPresent() && !root.equals(rows)) {
                    declared.view(view).ifPresent(config -> entityMeets(view, config, root.get(), rows.get()));
                }
            }
        }
    }

    /** What a query reads of other sources is private as these declare it, which its own declaration does not tell. */
    private void entityMeets(String view, ViewConfig config, String source, String rows) {
        if (isQuery(source) || isQuery(rows)) {
            return;
        }
        for (String column : config.entity()) {
            String example = config.on().getOrDefault(column, column);
            Optional<Privacy> here = declared.source(source).orElseThrow().privacyOf(column);
            Optional<Privacy> there = declared.source(rows).orElseThrow().privacyOf(example);
            boolean comparable = here.isEmpty() || here.get() == Privacy.HASH;
            if (comparable && !here.equals(there)) {
                findings.problem(
                        "views." + view + ".entity",
                        "'%s' is %s in source '%s', but '%s' is %s in source '%s', so that none would be found: declare both alike"
                                .formatted(column, words(here), source, example, words(there), rows));
            }
        }
    }

    private boolean isQuery(String source) {
        return declared.source(source).orElseThrow() instanceof SourceConfig.Query;
    }

    private static String words(Optional<Privacy> privacy) {
        return privacy.map(how -> "private (" + how.name().toLowerCase(Locale.ROOT) + ")")
                .orElse("read in clear");
    }

    private void rolesAreRead(String name, SourceConfig rows) {
        for (String key : ROLES) {
            findings.value(key, String.class)
                    .filter(column -> isDropped(rows, column))
                    .ifPresent(column -> findings.problem(
                            key,
                            "'%s' is not read, as source '%s' declares it private: name another column, or do not drop it there"
                                    .formatted(column, name)));
        }
    }

    private void featuresAreReadAndKnown(String name, SourceConfig rows) {
        for (String feature : findings.keys("training.features")) {
            String path = "training.features." + feature;
            Optional<String> column = findings.value(path, String.class).map(SqlColumn::of);
            column.filter(dropped -> isDropped(rows, dropped))
                    .ifPresent(dropped -> findings.problem(
                            path,
                            "'%s' is not read, as source '%s' declares it private: remove it, or hash or mask it there"
                                    .formatted(dropped, name)));
            column.filter(late -> !hasRole(late))
                    .flatMap(rows::knownAtOf)
                    .ifPresent(time -> findings.problem(
                            path,
                            "is known only at '%s', after the row: use it in a view, which looks at earlier rows"
                                    .formatted(time)));
        }
    }

    private static boolean isDropped(SourceConfig rows, String column) {
        return rows.privacyOf(column).filter(Privacy.DROP::equals).isPresent();
    }

    /** Where no features are listed, all columns without a role are features. */
    private void allColumnsAreKnown(SourceConfig rows) {
        if (!findings.keys("training.features").isEmpty()
                || findings.value("training.label", String.class).isEmpty()) {
            return;
        }
        List<String> dropped = findings.list("training.drop", String.class);
        rows.knownAt().forEach((column, time) -> {
            if (!column.equals(SourceConfig.ALL_COLUMNS)
                    && !hasRole(column)
                    && !isDropped(rows, column)
                    && dropped.stream().noneMatch(column::equalsIgnoreCase)) {
                findings.problem(
                        "training.drop",
                        "column '%s' is known only at '%s', after the row, and is no feature: add it to 'drop', or list the features"
                                .formatted(column, time));
            }
        });
    }

    private boolean hasRole(String column) {
        return List.of("training.key", "training.label", "training.weight").stream()
                .flatMap(key -> findings.value(key, String.class).stream())
                .anyMatch(column::equalsIgnoreCase);
    }

    private void dropKnownKnowsWhen(String name, SourceConfig rows) {
        Optional<String> label = findings.value("training.label", String.class);
        if (findings.value("training.split.drop_known", String.class).isEmpty() || label.isEmpty()) {
            return;
        }
        if (rows.knownAtOf(label.get()).isEmpty() && !rows.knownAt().containsKey(SourceConfig.ALL_COLUMNS)) {
            findings.problem(
                    "training.split.drop_known",
                    "needs to know when a label is known: add 'known_at: {%s: …}' to source '%s'"
                            .formatted(label.get(), name));
        }
        findings.value("training.task", Task.class)
                .filter(task -> task != Task.BINARY)
                .ifPresent(task -> findings.problem(
                        "training.split.drop_known",
                        "looks for positive labels, which the task binary alone has: remove it, or correct 'task'"));
    }
}
