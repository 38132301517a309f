package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Card payments in two parts: those that are there, and the last hundredth, which comes later.
 *
 * @param end a moment after the last of them
 */
record FeatureBuildRows(String name, Dataset<Row> before, Dataset<Row> added, Instant end) {

    private static final int SEED = 7;
    private static final double SHARE_BEFORE = 0.99;
    private static final int FILES_BEFORE = 16;
    private static final int FILES_ADDED = 2;
    private static final long DAYS = 180;
    private static final int ROWS_A_CUSTOMER = 100;
    private static final int ROWS_A_TERMINAL = 500;
    private static final int ACCURACY = 100_000;

    /** Payments over half a year, one after the other. */
    static FeatureBuildRows simulated(SparkSession spark, long rows) {
        long before = Math.round(rows * SHARE_BEFORE);
        return new FeatureBuildRows(
                "%,d simulated payments".formatted(rows),
                payments(spark, 0, before, rows, FILES_BEFORE),
                payments(spark, before, rows, rows, FILES_ADDED),
                Instant.parse("2019-01-01T00:00:00Z"));
    }

    /** The public fraud data, {@code fraud/transactions.parquet} in a folder, cut at the time after which a hundredth of them came. */
    static FeatureBuildRows stored(SparkSession spark, Path data) {
        Dataset<Row> all = spark.read()
                .parquet(data.resolve("fraud").resolve("transactions.parquet").toString());
        Column time = col("TX_DATETIME").cast("timestamp");
        Row bounds = all.agg(
                        percentile_approx(time.cast("double"), lit(SHARE_BEFORE), lit(ACCURACY))
                                .cast("timestamp")
                                .as("cut"),
                        max(time).as("last"))
                .first();
        Column later = time.gt(lit(bounds.getAs("cut")));
        return new FeatureBuildRows(
                "%,d payments of %s".formatted(all.count(), data),
                all.where(not(later)).repartition(FILES_BEFORE),
                all.where(later).repartition(FILES_ADDED),
                bounds.<Timestamp>getAs("last").toInstant().plusSeconds(1));
    }

    private static Dataset<Row> payments(SparkSession spark, long from, long to, long all, int files) {
        long step = DAYS * 24 * 3600 * 1_000_000 / all;
        Column micros = lit(1_514_764_800_000_000L).plus(col("id").multiply(lit(step)));
        return spark.range(from, to, 1, files)
                .select(
                        col("id").as("TRANSACTION_ID"),
                        timestamp_micros(micros).as("TX_DATETIME"),
                        uniform(1, 1 + all / ROWS_A_CUSTOMER).as("CUSTOMER_ID"),
                        uniform(2, 1 + all / ROWS_A_TERMINAL).as("TERMINAL_ID"),
                        rand(SEED).multiply(1000).as("TX_AMOUNT"),
                        rand(SEED + 3L).lt(0.01).cast("bigint").as("TX_FRAUD"));
    }

    private static Column uniform(int which, long count) {
        return rand(SEED + which).multiply(lit(count)).cast("bigint");
    }
}
