package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What one look at all rows tells, before they are joined.
 *
 * @param views how many rows each of them has
 */
record Sizes(TimeRange range, List<Long> views) {

    private static final StructType COUNTED = new StructType()
            .add("of", DataTypes.IntegerType)
            .add("rows", DataTypes.LongType)
            .add("earliest", DataTypes.LongType)
            .add("latest", DataTypes.LongType);

    /**
     * Each task counts its own rows and the driver adds them up: an aggregation's shuffle would take longer than few rows' join.
     *
     * @param time the examples', in microseconds since 1970
     */
    static Sizes of(Dataset<Row> examples, Column time, List<ViewRows> views) {
        Dataset<Row> all = marked(examples, 0, time);
        for (int i = 0; i < views.size(); i++) {
            all = all.union(marked(views.get(i).rows(), i + 1, lit(null)));
        }
        Count[] counts = new Count[views.size() + 1];
        Arrays.setAll(counts, of -> new Count(of, 0, Long.MAX_VALUE, Long.MIN_VALUE));
        for (InternalRow row : SparkRows.collect(SparkRows.mapPartitions(all, Sizes::counted, COUNTED))) {
            Count part = new Count(row.getInt(0), row.getLong(1), row.getLong(2), row.getLong(3));
            counts[part.of()] = counts[part.of()].plus(part);
        }
        List<Long> ofViews = Arrays.stream(counts).skip(1).map(Count::rows).toList();
        return new Sizes(counts[0].range(), ofViews);
    }

    /** Rows of one input; {@code earliest} is after {@code latest} where none has a time. */
    private record Count(int of, long rows, long earliest, long latest) {

        Count plus(Count other) {
            return new Count(of, rows + other.rows, Math.min(earliest, other.earliest), Math.max(latest, other.latest));
        }

        TimeRange range() {
            return latest < earliest ? TimeRange.of(rows, null, null) : new TimeRange(rows, earliest, latest);
        }

        InternalRow row() {
            return new GenericInternalRow(new Object[] {of, rows, earliest, latest});
        }
    }

    private static Dataset<Row> marked(Dataset<Row> rows, int of, Column time) {
        return rows.select(lit(of).as("of"), time.cast(DataTypes.LongType).as("time"));
    }

    /** The rows of a partition are of one input, but for small ones that Spark may put together. */
    private static Iterator<InternalRow> counted(Iterator<InternalRow> all) {
        List<InternalRow> counted = new ArrayList<>();
        int of = -1;
        long rows = 0;
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        while (all.hasNext()) {
            InternalRow row = all.next();
            if (row.getInt(0) != of) {
                if (rows > 0) {
                    counted.add(new Count(of, rows, earliest, latest).row());
                }
                of = row.getInt(0);
                rows = 0;
                earliest = Long.MAX_VALUE;
                latest = Long.MIN_VALUE;
            }
            rows++;
            if (!row.isNullAt(1)) {
                earliest = Math.min(earliest, row.getLong(1));
                latest = Math.max(latest, row.getLong(1));
            }
        }
        if (rows > 0) {
            counted.add(new Count(of, rows, earliest, latest).row());
        }
        return counted.iterator();
    }
}
