package io.trainyard.jobs;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Simulated orders with numbers, text, a date, a timestamp, booleans and missing values, and with a label of each kind that can
 * be learnt from them: {@code returned} (yes or no), {@code status} (three classes), {@code days} (a number).
 */
public final class Orders {
    private static final StructType SCHEMA = new StructType()
            .add("order_id", DataTypes.LongType)
            .add("amount", DataTypes.DoubleType)
            .add("items", DataTypes.IntegerType)
            .add("country", DataTypes.StringType)
            .add("member", DataTypes.BooleanType)
            .add("since", DataTypes.DateType)
            .add("ordered", DataTypes.TimestampType)
            .add("returned", DataTypes.StringType)
            .add("status", DataTypes.StringType)
            .add("days", DataTypes.DoubleType);

    private static final List<String> COUNTRIES = List.of("de", "fr", "it", "pl");

    private Orders() {}

    /** Orders with these numbers, the same every time. */
    public static List<Row> rows(long first, int count) {
        List<Row> rows = new ArrayList<>(count);
        for (long number = first; number < first + count; number++) {
            rows.add(row(number));
        }
        return rows;
    }

    /** The same rows in another order. */
    public static List<Row> shuffled(List<Row> rows, long seed) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static Row row(long number) {
        SplittableRandom random = new SplittableRandom(number * 31 + 7);
        double amount = random.nextDouble(5, 200);
        int items = random.nextInt(1, 9);
        String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        boolean member = random.nextBoolean();
        double signal = amount / 100 - items / 8.0 + (country.equals("it") ? 0.6 : 0) - (member ? 0.3 : 0);
        double noisy = signal + random.nextDouble(-0.4, 0.4);
        return RowFactory.create(
                number,
                missing(random) ? null : amount,
                items,
                missing(random) ? null : country,
                missing(random) ? null : member,
                Date.valueOf(LocalDate.of(2020, 1, 1).plusDays(random.nextInt(900))),
                Timestamp.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(3_000_000))),
                noisy > 0.35 ? "yes" : "no",
                noisy < 0 ? "early" : noisy < 0.7 ? "on time" : "late",
                10 + 4 * noisy);
    }

    private static boolean missing(SplittableRandom random) {
        return random.nextInt(10) == 0;
    }

    public static Dataset<Row> frame(SparkSession spark, List<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA);
    }
}
