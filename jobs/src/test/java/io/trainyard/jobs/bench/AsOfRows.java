package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Examples and events over one key, half each.
 *
 * @param examples {@code id}, {@code key}, {@code at}
 * @param events {@code key}, {@code _event_time}, {@code amount}; no two of a key at once, since peers choose of those as they come
 */
record AsOfRows(String name, Dataset<Row> examples, Dataset<Row> events) {

    private static final int SEED = 7;
    private static final int ROWS_A_KEY = 100;
    private static final long SPAN = 180L * 24 * 3600 * 1_000_000;

    /** How rows fall on keys. */
    enum Spread {
        UNIFORM,
        ZIPF,
        HOT;

        private Column key(long keys) {
            Column uniform = rand(SEED).multiply(lit(keys)).cast("bigint");
            return switch (this) {
                case UNIFORM -> uniform;
                // The inverse of the distribution function of ranks with exponent 1, taken as continuous.
                case ZIPF -> expr("cast(pow(%d, rand(%d)) as bigint)".formatted(keys, SEED));
                case HOT -> when(rand(SEED + 1).lt(0.3), lit(0L)).otherwise(uniform);
            };
        }
    }

    static AsOfRows simulated(SparkSession spark, long rows, Spread spread) {
        long half = rows / 2;
        Column key = spread.key(Math.max(1, half / ROWS_A_KEY));
        Dataset<Row> examples = spark.range(0, half, 1, 4)
                .select(col("id"), key.as("key"), moment("2 * id").as("at"));
        Dataset<Row> events = spark.range(0, half, 1, 4)
                .select(
                        key.as("key"),
                        moment("2 * id + 1").as("_event_time"),
                        rand(SEED + 2).multiply(1000).as("amount"));
        return new AsOfRows(spread.name().toLowerCase(Locale.ROOT), examples, events);
    }

    /** Scattered over half a year, and different for different numbers. */
    private static Column moment(String number) {
        return expr("timestamp_micros(1514764800000000 + (%s) * 1048583 %% %d)".formatted(number, SPAN));
    }
}
