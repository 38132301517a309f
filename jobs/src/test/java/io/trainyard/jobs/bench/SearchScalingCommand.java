package io.trainyard.jobs.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "search-scaling",
        description =
                "How much faster several executors search than one, beside what plain native loops gain: scripts/cluster start first.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SearchScalingCommand implements Callable<Integer> {
    @Option(names = "--master", defaultValue = "spark://127.0.0.1:7077", description = "A cluster of this machine.")
    private String master;

    @Option(names = "--executors", defaultValue = "2", description = "Executors of one core, compared with one.")
    private int executors;

    @Option(names = "--rows", defaultValue = "50000", description = "Simulated rows.")
    private int rows;

    @Option(names = "--columns", defaultValue = "28", description = "Simulated columns.")
    private int columns;

    @Option(names = "--rounds", defaultValue = "50", description = "Boosting rounds of every configuration.")
    private int rounds;

    @Option(names = "--configurations", defaultValue = "32", description = "Configurations of every search.")
    private int configurations;

    @Option(names = "--pairs", defaultValue = "5", description = "How often all run, one after the other.")
    private int pairs;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        output.write(new SearchScaling(master, executors, configurations, rounds, pairs).measure(rows, columns));
        return 0;
    }
}
