package io.trainyard.features.build;

import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.TrainingDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training set to vary: every step returns another one that differs in one thing. */
record Fraud(TrainingDefinition definition) {

    static final Split THIRDS = new HashSplit(0.3, 0.3, 1, Optional.empty());

    /** All columns but the label {@code y}, split by hash. */
    static Fraud over(String path) {
        return new Fraud(new TrainingDefinition(
                "fraud",
                Source.of("rows", Location.Files.at(path)),
                Optional.empty(),
                Optional.empty(),
                "y",
                Optional.empty(),
                Map.of(),
                List.of(),
                THIRDS));
    }

    /** Any other rows, such as a query's. */
    Fraud rows(Source rows) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(), rows, d.testRows(), d.key(), d.label(), d.weight(), d.features(), d.drop(), d.split()));
    }

    Fraud eventTime(String column) {
        return rows(new Source("rows", definition.rows().location(), Optional.of(column)));
    }

    /** Test rows of their own, and the others split into training and validation. */
    Fraud testRows(String path) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(),
                d.rows(),
                Optional.of(Source.of("tests", Location.Files.at(path))),
                d.key(),
                d.label(),
                d.weight(),
                d.features(),
                d.drop(),
                new HashSplit(0.3, 0, 1, Optional.empty())));
    }

    Fraud key(String column) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(),
                d.rows(),
                d.testRows(),
                Optional.of(column),
                d.label(),
                d.weight(),
                d.features(),
                d.drop(),
                d.split()));
    }

    Fraud label(String column) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(), d.rows(), d.testRows(), d.key(), column, d.weight(), d.features(), d.drop(), d.split()));
    }

    Fraud weight(String column) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(),
                d.rows(),
                d.testRows(),
                d.key(),
                d.label(),
                Optional.of(column),
                d.features(),
                d.drop(),
                d.split()));
    }

    Fraud features(Map<String, String> features) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(), d.rows(), d.testRows(), d.key(), d.label(), d.weight(), features, d.drop(), d.split()));
    }

    Fraud drop(String... columns) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(),
                d.rows(),
                d.testRows(),
                d.key(),
                d.label(),
                d.weight(),
                d.features(),
                List.of(columns),
                d.split()));
    }

    Fraud split(Split split) {
        var d = definition;
        return new Fraud(new TrainingDefinition(
                d.name(), d.rows(), d.testRows(), d.key(), d.label(), d.weight(), d.features(), d.drop(), split));
    }
}
