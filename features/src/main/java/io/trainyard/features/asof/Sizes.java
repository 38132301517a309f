package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What one look at all rows tells, before they are joined.
 *
 * @param views how many rows each of them has
 */
record Sizes(TimeRange range, List<Long> views) {

    private static final int EXAMPLES = -1;

    /** @param time the examples', in microseconds since 1970 */
    static Sizes of(Dataset<Row> examples, Column time, List<ViewRows> views) {
        Dataset<Row> counts = counted(examples, EXAMPLES, min(time), max(time));
        Column none = max(lit(null).cast(DataTypes.LongType));
        for (int i = 0; i < views.size(); i++) {
            counts = counts.union(counted(views.get(i).rows(), i, none, none));
        }
        Long[] ofViews = new Long[views.size()];
        TimeRange range = null;
        for (Row row : counts.collectAsList()) {
            int number = row.getAs("of");
            long rows = row.getAs("rows");
            if (number == EXAMPLES) {
                range = TimeRange.of(rows, row.getAs("earliest"), row.getAs("latest"));
            } else {
                ofViews[number] = rows;
            }
        }
        return new Sizes(range, List.of(ofViews));
    }

    private static Dataset<Row> counted(Dataset<Row> rows, int of, Column earliest, Column latest) {
        return rows.agg(count(lit(1)).as("rows"), earliest.as("earliest"), latest.as("latest"))
                .select(lit(of).as("of"), col("rows"), col("earliest"), col("latest"));
    }
}
