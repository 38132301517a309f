package io.trainyard.features.version;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.actions.CommitInfo;
import scala.collection.JavaConverters;

/**
 * What the log of a Delta table says of one version.
 *
 * @param metrics of the operation, by Delta's names
 */
record LogEntry(
        long version, Instant time, String operation, Optional<String> userMetadata, Map<String, String> metrics) {

    /** A row of Delta's history. */
    static LogEntry of(Row row) {
        return new LogEntry(
                row.getAs("version"),
                row.<Timestamp>getAs("timestamp").toInstant(),
                row.getAs("operation"),
                Optional.ofNullable(row.getAs("userMetadata")),
                Optional.ofNullable(row.<scala.collection.Map<String, String>>getAs("operationMetrics"))
                        .map(metrics -> Map.copyOf(JavaConverters.mapAsJavaMap(metrics)))
                        .orElse(Map.of()));
    }

    /** @param time when the version's file was written, which is what Delta's history gives */
    static LogEntry of(long version, Instant time, CommitInfo info) {
        return new LogEntry(
                version,
                time,
                info.operation(),
                info.userMetadata().isDefined()
                        ? Optional.of(info.userMetadata().get())
                        : Optional.empty(),
                info.operationMetrics().isDefined()
                        ? Map.copyOf(JavaConverters.mapAsJavaMap(
                                info.operationMetrics().get()))
                        : Map.of());
    }
}
