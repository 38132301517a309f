package io.trainyard.features.build;

import io.trainyard.features.view.TrainingDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources of a training set, opened. */
record TrainingSources(TimedRows rows, Optional<TimedRows> testRows) {

    static TrainingSources open(OpenSources sources, TrainingDefinition definition) {
        return new TrainingSources(
                sources.open(definition.rows()), definition.testRows().map(sources::open));
    }

    /** The same sources with those rows alone that pass their tests. */
    TrainingSources tested(OpenSources sources) {
        return new TrainingSources(
                sources.tested(rows.source()).rows(),
                testRows.map(tests -> sources.tested(tests.source()).rows()));
    }

    List<TimedRows> all() {
        return Stream.concat(Stream.of(rows), testRows.stream()).toList();
    }

    List<Input> inputs() {
        return all().stream().map(source -> Input.of(source.snapshot())).toList();
    }
}
