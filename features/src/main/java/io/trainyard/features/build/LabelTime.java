package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.trainyard.features.view.TrainingDefinition;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** When labels are known, where that is later than the event. */
final class LabelTime {

    /** Later than any time: leaves out labels that are never known, and no others. */
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private LabelTime() {}

    static Optional<Column> of(TrainingDefinition definition, TimedRows source) {
        return source.source()
                .knownAt()
                .of(definition.label())
                .map(sql -> KnownTime.of(source.source(), sql, source.rows()));
    }

    /** The logical time, where some labels were not known by then; empty where it would leave none out. */
    static Optional<Instant> bound(TrainingDefinition definition, TimedRows source, Optional<Instant> asOf) {
        return of(definition, source).flatMap(known -> {
            String label = source.columns().require("read the label of the training set", definition.label());
            Row labelled = source.rows()
                    .where(col(quoted(label)).isNotNull())
                    .agg(max(known).as("latest"), max(known.isNull()).as("never"))
                    .first();
            Timestamp latest = labelled.getAs("latest");
            boolean early = latest != null
                    && asOf.filter(moment -> !latest.toInstant().isBefore(moment))
                            .isPresent();
            boolean never = Boolean.TRUE.equals(labelled.<Boolean>getAs("never"));
            return early ? asOf : Optional.of(EVER).filter(ever -> never);
        });
    }
}
