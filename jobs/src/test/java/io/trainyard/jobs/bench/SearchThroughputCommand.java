package io.trainyard.jobs.bench;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "search-throughput",
        description =
                "The same XGBoost configurations by ours, by Spark's TrainValidationSplit, and by plain native loops.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SearchThroughputCommand implements Callable<Integer> {
    private static final long SEED = 20260101;

    @Option(names = "--data", paramLabel = "DIR", description = "Parquet files of numbers, with a 0/1 column 'label'.")
    private Optional<String> data;

    @Option(names = "--rows", defaultValue = "50000", description = "Simulated rows, where no data are given.")
    private int rows;

    @Option(names = "--columns", defaultValue = "28", description = "Simulated columns, where no data are given.")
    private int columns;

    @Option(names = "--rounds", defaultValue = "50", description = "Boosting rounds of every configuration.")
    private int rounds;

    @Option(
            names = "--configurations",
            defaultValue = "32",
            description = "Configurations that ours and the limit try.")
    private int configurations;

    @Option(names = "--peer-configurations", defaultValue = "8", description = "How many of them the slow peer tries.")
    private int peerConfigurations;

    @Option(names = "--pairs", defaultValue = "5", description = "How often all contestants run, one after the other.")
    private int pairs;

    @Option(names = "--slots", defaultValue = "2", description = "Configurations at once, one thread each.")
    private int slots;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (LocalSession session = new LocalSession(slots)) {
            Dataset<Row> examples = data.isPresent()
                    ? BenchRows.stored(session.spark(), data.get(), slots)
                    : BenchRows.simulated(session.spark(), rows, columns, SEED, slots);
            output.write(
                    new SearchThroughput(rounds, configurations, peerConfigurations, pairs, slots).measure(examples));
        }
        return 0;
    }
}
