package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;

/**
 * What one look at all rows tells, before they are joined.
 *
 * @param views how many rows each of them has
 */
record Sizes(TimeRange range, List<Long> views) {

    /**
     * Each task counts its own rows and the driver adds them up, in one job without a query over all: planning that, and its shuffle,
     * would take longer than few rows' join.
     *
     * @param time the examples', in microseconds since 1970
     */
    static Sizes of(Dataset<Row> examples, Column time, List<ViewRows> views) {
        JavaRDD<Count> all = counted(examples, time, 0);
        for (int i = 0; i < views.size(); i++) {
            all = all.union(counted(views.get(i).rows(), lit(null), i + 1));
        }
        Count[] counts = new Count[views.size() + 1];
        Arrays.setAll(counts, Count::none);
        for (Count part : all.collect()) {
            counts[part.of()] = counts[part.of()].plus(part);
        }
        List<Long> ofViews = Arrays.stream(counts).skip(1).map(Count::rows).toList();
        return new Sizes(counts[0].range(), ofViews);
    }

    /** Rows of one input; {@code earliest} is after {@code latest} where none has a time. */
    private record Count(int of, long rows, long earliest, long latest) implements Serializable {

        static Count none(int of) {
            return new Count(of, 0, Long.MAX_VALUE, Long.MIN_VALUE);
        }

        Count plus(Count other) {
            return new Count(of, rows + other.rows, Math.min(earliest, other.earliest), Math.max(latest, other.latest));
        }

        TimeRange range() {
            return latest < earliest ? TimeRange.of(rows, null, null) : new TimeRange(rows, earliest, latest);
        }
    }

    private static JavaRDD<Count> counted(Dataset<Row> rows, Column time, int of) {
        return rows.select(time.cast(DataTypes.LongType))
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(times -> List.of(counted(times, of)).iterator());
    }

    private static Count counted(Iterator<InternalRow> times, int of) {
        long rows = 0;
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        while (times.hasNext()) {
            InternalRow row = times.next();
            rows++;
            if (!row.isNullAt(0)) {
                earliest = Math.min(earliest, row.getLong(0));
                latest = Math.max(latest, row.getLong(0));
            }
        }
        return new Count(of, rows, earliest, latest);
    }
}
