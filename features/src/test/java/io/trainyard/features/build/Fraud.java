package io.trainyard.features.build;

import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.TrainingDefinition;
import io.trainyard.features.view.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The declaration of a training set to vary: all columns but the label {@code y}, split by hash, unless said otherwise. */
final class Fraud {

    private Source rows;
    private Optional<Source> testRows = Optional.empty();
    private Optional<String> key = Optional.empty();
    private String label = "y";
    private Optional<String> weight = Optional.empty();
    private Optional<String> exposure = Optional.empty();
    private Optional<String> group = Optional.empty();
    private Optional<String> unit = Optional.empty();
    private Map<String, String> features = Map.of();
    private List<View> views = List.of();
    private List<String> drop = List.of();
    private Split split = new HashSplit(0.3, 0.3, 1, Optional.empty());

    private Fraud(Source rows) {
        this.rows = rows;
    }

    static Fraud over(Path path) {
        return new Fraud(Source.of("rows", Location.Files.at(path.toString())));
    }

    static Fraud query(String sql) {
        return new Fraud(Source.of("rows", new Location.Query(sql)));
    }

    Fraud eventTime(String column) {
        rows = new Source("rows", rows.location(), Optional.of(column));
        return this;
    }

    /** When values of columns are known, as SQL; to be called after {@link #eventTime}. */
    Fraud knownAt(Map<String, String> columns) {
        rows = new Source(
                rows.name(),
                rows.location(),
                rows.eventTime(),
                new KnownAt(Optional.empty(), columns),
                rows.privacy(),
                rows.tests());
        return this;
    }

    /** Test rows of their own; the others are split into training and validation. */
    Fraud testRows(Path path) {
        testRows = Optional.of(new Source("tests", Location.Files.at(path.toString()), rows.eventTime()));
        split = new HashSplit(0.3, 0, 1, Optional.empty());
        return this;
    }

    Fraud key(String column) {
        key = Optional.of(column);
        return this;
    }

    Fraud label(String column) {
        label = column;
        return this;
    }

    Fraud weight(String column) {
        weight = Optional.of(column);
        return this;
    }

    Fraud exposure(String column) {
        exposure = Optional.of(column);
        return this;
    }

    Fraud features(Map<String, String> expressions) {
        features = expressions;
        return this;
    }

    Fraud views(View... others) {
        views = List.of(others);
        return this;
    }

    Fraud drop(String... columns) {
        drop = List.of(columns);
        return this;
    }

    Fraud group(String sql) {
        group = Optional.of(sql);
        return this;
    }

    Fraud unit(String sql) {
        unit = Optional.of(sql);
        return this;
    }

    Fraud split(Split other) {
        split = other;
        return this;
    }

    TrainingDefinition definition() {
        return new TrainingDefinition(
                "fraud",
                rows,
                testRows,
                key,
                label,
                Optional.empty(),
                weight,
                exposure,
                group,
                unit,
                features,
                views,
                drop,
                split);
    }
}
