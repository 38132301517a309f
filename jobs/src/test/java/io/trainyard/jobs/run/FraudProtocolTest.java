package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example pipeline makes the rows and the features of the published protocol, out of 1.75 million transactions. */
@ExtendWith(SparkExtension.class)
class FraudProtocolTest {
    private static final long DAY = Duration.ofDays(1).toNanos() / 1000;
    private static final int COMPARED = 2_000;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    private String file;

    FraudProtocolTest(SparkSession spark) {
        this.spark = spark;
    }

    /** A transaction of the source; times in microseconds. */
    private record Payment(long id, long time, long customer, long terminal, double amount, boolean fraud) {}

    @BeforeEach
    void find() {
        file = RealData.require("fraud/transactions.parquet");
    }

    @Test
    void makesThePublishedTrainingSet() throws IOException {
        TrainingSetBuilder.Result built = RealData.trainingSet(spark, "fraud.yaml", folder);

        assertThat(built.sizes().finalTrain()).isEqualTo(67_240);
        assertThat(built.sizes().finalTest()).isEqualTo(58_264);
        Dataset<Row> rows = built.set().rows(spark);
        assertThat(rows.where(col(TrainingSet.FINAL)
                                .equalTo("test")
                                .and(col(TrainingSet.LABEL).equalTo(1)))
                        .count())
                .isEqualTo(385);
        requireFeaturesByBruteForce(built.set(), rows);
    }

    private void requireFeaturesByBruteForce(TrainingSet set, Dataset<Row> rows) {
        Map<String, String> columns =
                set.features().stream().collect(Collectors.toMap(FeatureColumn::name, FeatureColumn::column));
        List<Payment> all = payments();
        Map<Long, Payment> byId = by(all, Payment::id).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
        Map<Long, List<Payment>> byCustomer = by(all, Payment::customer);
        Map<Long, List<Payment>> byTerminal = by(all, Payment::terminal);

        List<Row> sample =
                rows.orderBy(xxhash64(col(TrainingSet.KEY))).limit(COMPARED).collectAsList();

        assertThat(sample).hasSize(COMPARED).allSatisfy(row -> {
            Payment example = byId.get(row.<Long>getAs(TrainingSet.KEY));
            assertThat(row.<Double>getAs(columns.get("amount"))).isEqualTo(example.amount());
            for (int days : List.of(1, 7, 30)) {
                List<Payment> own = within(byCustomer.get(example.customer()), example.time(), days);
                List<Payment> there = within(byTerminal.get(example.terminal()), example.time() - 7 * DAY, days);
                String window = "_" + days + "d";
                assertThat(row.<Long>getAs(columns.get("customer_count" + window)))
                        .isEqualTo(own.size());
                assertThat(row.<Double>getAs(columns.get("customer_amount_mean" + window)))
                        .isEqualTo(mean(own));
                assertThat(row.<Long>getAs(columns.get("terminal_count" + window)))
                        .isEqualTo(there.size());
                assertThat(row.<Double>getAs(columns.get("terminal_risk" + window)))
                        .isEqualTo(share(there));
            }
        });
    }

    /** Those in the window of so many days that ends with this moment. */
    private static List<Payment> within(List<Payment> payments, long end, int days) {
        return payments.stream()
                .filter(payment -> payment.time() > end - days * DAY && payment.time() <= end)
                .toList();
    }

    private static double mean(List<Payment> payments) {
        return payments.stream()
                        .map(payment -> new BigDecimal(payment.amount()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .doubleValue()
                / payments.size();
    }

    private static Double share(List<Payment> payments) {
        return payments.isEmpty()
                ? null
                : payments.stream().filter(Payment::fraud).count() / (double) payments.size();
    }

    private List<Payment> payments() {
        List<Payment> payments = new ArrayList<>();
        spark.read()
                .parquet(file)
                .selectExpr(
                        "TRANSACTION_ID id",
                        "unix_micros(cast(TX_DATETIME as timestamp)) time",
                        "CUSTOMER_ID customer",
                        "TERMINAL_ID terminal",
                        "TX_AMOUNT amount",
                        "TX_FRAUD = 1 fraud")
                .toLocalIterator()
                .forEachRemaining(row -> payments.add(new Payment(
                        row.<Long>getAs("id"),
                        row.<Long>getAs("time"),
                        row.<Long>getAs("customer"),
                        row.<Long>getAs("terminal"),
                        row.<Double>getAs("amount"),
                        row.<Boolean>getAs("fraud"))));
        return payments;
    }

    private static Map<Long, List<Payment>> by(List<Payment> payments, ToLongFunction<Payment> key) {
        Map<Long, List<Payment>> grouped = new HashMap<>();
        payments.forEach(payment -> grouped.computeIfAbsent(key.applyAsLong(payment), any -> new ArrayList<>())
                .add(payment));
        return grouped;
    }
}
