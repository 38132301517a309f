package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.source.SourceSnapshot;
import io.trainyard.features.view.Source;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A source's rows as of a moment.
 *
 * @param rows all of them, also those that {@link #reason} leaves out
 * @param time the event time as a timestamp, where one is declared
 * @param known when a row as a whole is known, where that is declared
 * @param bound the moment from which on rows are left out; empty where it would leave none out, so that a later run over the same rows
 *     makes the same training set
 */
record TimedRows(
        SourceSnapshot snapshot,
        Dataset<Row> rows,
        Optional<Column> time,
        Optional<Column> known,
        Optional<Instant> bound) {

    static TimedRows of(SourceSnapshot snapshot, Optional<Instant> asOf) {
        Source source = snapshot.source();
        Dataset<Row> rows = snapshot.rows();
        Optional<Column> time = source.eventTime().map(column -> timestamp(snapshot, column));
        Optional<Column> known = source.knownAt().rows().map(sql -> KnownTime.of(source, sql, rows));
        TimedRows unbounded = new TimedRows(snapshot, rows, time, known, Optional.empty());
        return time.isEmpty()
                ? unbounded
                : new TimedRows(snapshot, rows, time, known, asOf.filter(moment -> reaches(unbounded, moment)));
    }

    /** The same source with other rows of it, or with more columns. */
    TimedRows with(Dataset<Row> others) {
        return new TimedRows(snapshot, others, time, known, bound);
    }

    Source source() {
        return snapshot.source();
    }

    /** The column of the event time, as the rows spell it. */
    Optional<String> eventTime() {
        return source().eventTime().map(declared -> eventTime(source(), rows, declared));
    }

    SourceColumns columns() {
        return SourceColumns.of(source(), rows.schema());
    }

    /** Why a row cannot be used, as far as its time says; null for rows that can. */
    Column reason() {
        Column reason = lit(null).cast("string");
        if (bound.isPresent()) {
            reason = when(moment().geq(lit(bound.get())), DropReason.AFTER_AS_OF.text());
        }
        if (known.isPresent()) {
            reason = when(known.get().isNull(), DropReason.NEVER_KNOWN.text()).otherwise(reason);
        }
        return time.isEmpty()
                ? reason
                : when(time.get().isNull(), DropReason.NULL_TIME.text()).otherwise(reason);
    }

    /** When a row happened and was known. */
    Column moment() {
        return known.isPresent() ? greatest(time.orElseThrow(), known.get()) : time.orElseThrow();
    }

    private static boolean reaches(TimedRows rows, Instant moment) {
        Timestamp latest =
                rows.rows().agg(max(rows.moment()).as("latest")).first().getAs("latest");
        return latest != null && !latest.toInstant().isBefore(moment);
    }

    private static Column timestamp(SourceSnapshot snapshot, String declared) {
        Source source = snapshot.source();
        String name = eventTime(source, snapshot.rows(), declared);
        DataType type = snapshot.rows().schema().apply(name).dataType();
        if (!(type instanceof TimestampType || type instanceof DateType)) {
            throw new SourceException(
                    "Cannot read the event time of source '%s': column '%s' is of type %s; make it a timestamp, for example with a query that calls to_timestamp"
                            .formatted(source.name(), name, type.simpleString()));
        }
        return col(quoted(name)).cast("timestamp");
    }

    private static String eventTime(Source source, Dataset<Row> rows, String declared) {
        return SourceColumns.of(source, rows.schema())
                .require("read the event time of source '%s'".formatted(source.name()), declared);
    }
}
