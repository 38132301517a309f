package io.trainyard.jobs.bench;

import io.trainyard.tuning.matrix.Gpus;
import io.trainyard.tuning.matrix.NativeLibrary;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gpu-search",
        description =
                "The same XGBoost configurations on all cores and on one GPU; takes a build with 'mvn -P gpu package'.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class GpuSearchCommand implements Callable<Integer> {
    private static final long SEED = 20260101;

    @Option(names = "--rows", defaultValue = "5000000", description = "Simulated rows.")
    private int rows;

    @Option(names = "--columns", defaultValue = "100", description = "Simulated columns.")
    private int columns;

    @Option(names = "--rounds", defaultValue = "50", description = "Boosting rounds of every configuration.")
    private int rounds;

    @Option(names = "--configurations", defaultValue = "32", description = "Configurations of every search.")
    private int configurations;

    @Option(names = "--cores", defaultValue = "16", description = "Configurations at once on the processor.")
    private int cores;

    @Option(names = "--shares", split = ",", defaultValue = "1,4", description = "Configurations at once on the GPU.")
    private List<Integer> shares;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        if (!NativeLibrary.cuda() || Gpus.count() == 0) { // XGBoost would train on the processor, without a word
            System.err.println("No GPU to compare with: build with 'mvn -P gpu package', where nvidia-smi finds one");
            return 2;
        }
        try (LocalSession session = new LocalSession(cores)) {
            output.write(new GpuSearch(rounds, configurations, cores, shares)
                    .measure(BenchRows.simulated(session.spark(), rows, columns, SEED, cores), columns));
        }
        return 0;
    }
}
