package io.trainyard.features.asof;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import io.trainyard.features.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A part of a view and the rows that it is made of.
 *
 * @param known column that says when it is known
 * @param lookBack microseconds before an example's time from which on rows can count; empty for all
 */
record PartRows(
        ViewRows source,
        List<Column> keys,
        Optional<String> known,
        List<Column> values,
        Optional<Long> lookBack,
        Part part) {

    View view() {
        return source.view();
    }

    /** The longest window among these parts, in microseconds; 0 where there is none. */
    static long longestReach(List<PartRows> parts) {
        return parts.stream()
                .map(PartRows::part)
                .mapToLong(part -> part instanceof WindowPart windows ? windows.longestReach() : 0)
                .max()
                .orElse(0);
    }

    /** Which rows some example can see, for people. */
    String reach(TimeRange range) {
        if (!source.timed()) {
            return "all rows of " + view().name();
        }
        if (range.isEmpty()) {
            return "no row of %s, since no example has a time".formatted(view().name());
        }
        return "rows of %s%s up to %s"
                .formatted(
                        view().name(),
                        lookBack.map(back -> " from " + Moments.instant(Moments.minus(range.earliest(), back)))
                                .orElse(""),
                        Moments.instant(Moments.minus(range.latest(), delay())));
    }

    /** The rows that some example can see, as events; those without a whole key are left out. */
    Dataset<Row> events(List<JoinKey> joinKeys, EventLayout layout, TimeRange range, int number) {
        Dataset<Row> rows = visible(range);
        List<Column> columns = new ArrayList<>();
        columns.add(firstVisible().as("visible"));
        columns.add(time().as("time"));
        columns.add(lit(number).as("part"));
        columns.addAll(layout.values(part.values().positions(), values));
        columns.addAll(keys);
        return rows.select(columns.toArray(Column[]::new)).filter(KeyColumns.match(joinKeys));
    }

    private Dataset<Row> visible(TimeRange range) {
        Dataset<Row> rows = source.rows();
        if (range.isEmpty() && source.timed()) {
            return rows.filter(lit(false));
        }
        if (source.timed()) {
            rows = rows.filter(column(ViewRows.EVENT_TIME).leq(moment(Moments.minus(range.latest(), delay()))));
        }
        if (lookBack.isPresent()) {
            rows = rows.filter(
                    column(ViewRows.EVENT_TIME).geq(moment(Moments.minus(range.earliest(), lookBack.get()))));
        }
        return known.isEmpty() ? rows : rows.filter(column(known.get()).leq(moment(range.latest())));
    }

    private Column firstVisible() {
        Column due = source.timed() ? time().plus(lit(delay())) : time();
        return known.map(column -> greatest(due, unix_micros(column(column)))).orElse(due);
    }

    private Column time() {
        return source.timed() ? unix_micros(column(ViewRows.EVENT_TIME)) : lit(Event.ALWAYS);
    }

    /** In microseconds. */
    long delay() {
        return Moments.ceiling(view().delay());
    }

    private Column column(String name) {
        return source.rows().col(quoted(name));
    }

    /** A literal timestamp, which Parquet and Delta can skip files by. */
    private static Column moment(long micros) {
        return timestamp_micros(lit(micros));
    }
}
