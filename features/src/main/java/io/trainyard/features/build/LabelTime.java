package io.trainyard.features.build;

import static org.apache.spark.sql.functions.max;

import io.trainyard.features.view.TrainingDefinition;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;

/** When labels are known, where that is later than the event. */
final class LabelTime {

    private LabelTime() {}

    static Optional<Column> of(TrainingDefinition definition, TimedRows source) {
        return source.source()
                .knownAt()
                .of(definition.label())
                .map(sql -> KnownTime.of(source.source(), sql, source.rows()));
    }

    /** The logical time, where some labels were not known by then; empty where it would leave none out. */
    static Optional<Instant> bound(TrainingDefinition definition, TimedRows source, Optional<Instant> asOf) {
        return of(definition, source)
                .flatMap(known -> asOf.filter(moment -> {
                    Timestamp latest =
                            source.rows().agg(max(known).as("latest")).first().getAs("latest");
                    return latest == null || !latest.toInstant().isBefore(moment);
                }));
    }
}
