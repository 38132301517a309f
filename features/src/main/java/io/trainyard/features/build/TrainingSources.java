package io.trainyard.features.build;

import io.trainyard.features.source.SourceReader;
import io.trainyard.features.source.SourceSnapshot;
import io.trainyard.features.view.TrainingDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources of a training set, opened. */
record TrainingSources(TimedRows rows, Optional<TimedRows> testRows) {

    static TrainingSources open(SourceReader reader, TrainingDefinition definition, Optional<Instant> asOf) {
        return new TrainingSources(
                TimedRows.of(reader.snapshot(definition.rows()), asOf),
                definition.testRows().map(source -> TimedRows.of(reader.snapshot(source), asOf)));
    }

    List<TimedRows> all() {
        return Stream.concat(Stream.of(rows), testRows.stream()).toList();
    }

    List<Input> inputs() {
        return all().stream().map(source -> Input.of(source.snapshot())).toList();
    }

    void requireUnchanged() {
        all().stream().map(TimedRows::snapshot).forEach(SourceSnapshot::requireUnchanged);
    }
}
