package io.trainyard.jobs.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "scoring",
        description = "How fast a plain JVM scores on one core, beside XGBoost4J.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ScoringCommand implements Callable<Integer> {
    @Option(names = "--trees", defaultValue = "300", description = "Trees of the model.")
    private int trees;

    @Option(names = "--depth", defaultValue = "6", description = "Their depth.")
    private int depth;

    @Option(names = "--columns", defaultValue = "30", description = "Columns of the rows.")
    private int columns;

    @Option(names = "--texts", defaultValue = "0", description = "How many of them hold texts of 20 categories.")
    private int texts;

    @Option(names = "--batch", defaultValue = "1000", description = "Rows of a batch.")
    private int batch;

    @Option(names = "--forks", defaultValue = "1", description = "Processes a benchmark.")
    private int forks;

    @Option(
            names = "--seconds",
            defaultValue = "1",
            description = "Of each of 3 iterations to warm up and 5 to measure.")
    private double seconds;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        output.write(new Scoring(new ScoringModel(trees, depth, columns, texts), batch, forks, seconds).measure());
        return 0;
    }
}
