package io.trainyard.jobs.demo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_seconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes simulated card transactions, as many as asked for, in parallel: a task simulates a range of customers and holds
 * one customer's rows at a time.
 */
public final class DemoData {

    private static final String LABELLED = "transactions";
    private static final String NEW = "new_transactions";
    private static final double ROWS_A_TASK = 2_000_000;
    private static final double MEAN_TRANSACTIONS_A_DAY = 2;

    private static final StructType SIMULATED = StructType.fromDDL("""
            transaction_id BIGINT NOT NULL, second BIGINT NOT NULL, day INT NOT NULL, customer_id INT NOT NULL,
            terminal_id INT NOT NULL, amount DOUBLE NOT NULL, channel STRING, country STRING, card_type STRING,
            is_fraud INT NOT NULL, scenario STRING NOT NULL""");

    private final SparkSession spark;

    public DemoData(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Writes the Parquet folders {@code transactions}, with the label {@code is_fraud}, and {@code new_transactions}, the
     * last days without it.
     *
     * @param folder any path that Spark can write
     * @throws DemoDataException when one of the folders exists
     */
    public DemoSummary write(DemoSettings settings, String folder) {
        Path labelled = new Path(folder, LABELLED);
        Path unlabelled = new Path(folder, NEW);
        requireAbsent(labelled);
        requireAbsent(unlabelled);

        Dataset<Row> simulated = simulated(settings, tasks(settings));
        save(simulated.where(col("day").lt(settings.labelledDays())).drop("day", "scenario"), labelled);
        save(simulated.where(col("day").geq(settings.labelledDays())).drop("day", "scenario", "is_fraud"), unlabelled);
        return summary(labelled, unlabelled);
    }

    /** All days, with the columns that are never written: day and scenario. */
    Dataset<Row> simulated(DemoSettings settings, int partitions) {
        MapPartitionsFunction<Long, Row> rows = customers -> rows(settings, customers);
        long midnight = settings.start().atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        Column time = timestamp_seconds(col("second").plus(midnight));
        return spark.range(0, settings.customers(), 1, partitions)
                .mapPartitions(rows, Encoders.row(SIMULATED))
                .select(
                        col("transaction_id"),
                        time.as("tx_time"),
                        col("customer_id"),
                        col("terminal_id"),
                        col("amount"),
                        col("channel"),
                        col("country"),
                        col("card_type"),
                        col("is_fraud"),
                        col("day"),
                        col("scenario"));
    }

    private static Iterator<Row> rows(DemoSettings settings, Iterator<Long> customers) {
        Simulation simulation = new Simulation(settings);
        Iterable<Long> ids = () -> customers;
        Stream<Transaction> transactions = StreamSupport.stream(ids.spliterator(), false)
                .flatMap(customer -> simulation.transactionsOf(customer.intValue()));
        return transactions.map(one -> row(one, settings)).iterator();
    }

    private static Row row(Transaction transaction, DemoSettings settings) {
        return RowFactory.create(
                transaction.id(settings.customers()),
                (long) transaction.second(),
                transaction.day(),
                transaction.customer(),
                transaction.terminal(),
                transaction.amount(),
                transaction.attributes().channel().orElse(null),
                transaction.attributes().country().orElse(null),
                transaction.attributes().cardType().orElse(null),
                transaction.scenario().fraud() ? 1 : 0,
                transaction.scenario().name());
    }

    private int tasks(DemoSettings settings) {
        double rows = MEAN_TRANSACTIONS_A_DAY * settings.customers() * settings.days();
        int tasks = Math.max(spark.sparkContext().defaultParallelism(), (int) Math.ceil(rows / ROWS_A_TASK));
        return Math.min(tasks, settings.customers());
    }

    private void save(Dataset<Row> rows, Path folder) {
        spark.sparkContext().setJobDescription("demo data · " + folder.getName());
        try {
            rows.write().parquet(folder.toString());
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    private DemoSummary summary(Path labelled, Path unlabelled) {
        Dataset<Row> written = spark.read().parquet(labelled.toString());
        return new DemoSummary(
                written.count(),
                written.where(col("is_fraud").equalTo(1)).count(),
                spark.read().parquet(unlabelled.toString()).count());
    }

    private void requireAbsent(Path folder) {
        try {
            if (folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(folder)) {
                throw new DemoDataException(
                        "Cannot write demo data: '%s' exists; delete it or name another folder".formatted(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for '%s'".formatted(folder), e);
        }
    }
}
