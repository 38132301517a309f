package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "asof-join",
        description = "Joining features as of each example's time, beside other plans for it.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class AsOfJoinCommand implements Callable<Integer> {
    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "100000,1000000",
            description = "Examples and events together; several sizes with commas, 0 for none.")
    private List<Long> rows;

    @Option(
            names = "--keys",
            split = ",",
            defaultValue = "UNIFORM,ZIPF,HOT",
            description = "How rows fall on keys: ${COMPLETION-CANDIDATES}, several with commas.")
    private List<AsOfRows.Spread> keys;

    @Option(names = "--runs", defaultValue = "3", description = "Measured rounds.")
    private int runs;

    @Option(names = "--warm-ups", defaultValue = "4", description = "Rounds before those that are measured.")
    private int warmUps;

    @Option(names = "--limit", defaultValue = "300", description = "Seconds after which a contestant is stopped.")
    private int limit;

    @Option(names = "--slots", defaultValue = "2", description = "Tasks at once.")
    private int slots;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Also measures the 12 features of the fraud data in this folder, which holds fraud/transactions.parquet.")
    private Optional<Path> data;

    @Option(names = "--python", defaultValue = "python3", description = "Python in which pandas may be installed.")
    private Path python;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (LocalSession session = new LocalSession(slots)) {
            output.write(measure(session.spark()));
        }
        return 0;
    }

    private Report measure(SparkSession spark) throws IOException, InterruptedException {
        AsOfBench bench = new AsOfBench(warmUps, runs, new LimitedRun(spark.sparkContext(), Duration.ofSeconds(limit)));
        Report report =
                simulated(spark, bench, rows.stream().filter(size -> size > 0).toList(), keys);
        return data.isEmpty()
                ? report
                : new FraudFeatures(data.get(), runs, new PandasWindows(python.toString())).measure(spark, report);
    }

    static Report simulated(SparkSession spark, AsOfBench bench, List<Long> sizes, List<AsOfRows.Spread> keys)
            throws InterruptedException {
        Table table =
                new Table("contestant", "join", "keys", "seconds (median, min to max)", "checked", "time beside ours");
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "asof-join");
        for (long size : sizes) {
            for (AsOfRows.Spread spread : keys) {
                AsOfRows simulated = AsOfRows.simulated(spark, size, spread);
                System.err.printf("%,d rows, %s keys%n", size, simulated.name());
                String newest = "newest value, %,d rows".formatted(size);
                bench.measure(newest, simulated, AsOfPeers.newest(), table, json.withArray("contestants"));
                String mean = "mean of 7 days, %,d rows".formatted(size);
                bench.measure(mean, simulated, AsOfPeers.windows(), table, json.withArray("contestants"));
            }
        }
        String title =
                "asof-join: median of %d rounds after %d to warm up, rows go nowhere; peers are their plans on this session\n\n"
                        .formatted(bench.runs(), bench.warmUps());
        return new Report(title + table.text(), json);
    }
}
