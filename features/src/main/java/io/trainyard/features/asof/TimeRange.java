package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many examples there are, and when, in microseconds since 1970.
 *
 * @param earliest after {@code latest} where no example has a time
 */
record TimeRange(long examples, long earliest, long latest) {

    static TimeRange of(Dataset<Row> examples, Column time) {
        Row row = examples.agg(
                        count(lit(1)).as("examples"),
                        min(time).as("earliest"),
                        max(time).as("latest"))
                .first();
        long count = row.getAs("examples");
        return row.getAs("earliest") == null
                ? new TimeRange(count, 0, -1)
                : new TimeRange(count, row.getAs("earliest"), row.getAs("latest"));
    }

    boolean isEmpty() {
        return latest < earliest;
    }
}
