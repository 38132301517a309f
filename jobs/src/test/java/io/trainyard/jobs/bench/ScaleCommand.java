package io.trainyard.jobs.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "scale",
        description =
                "A study's driver on a large cluster: the real scheduler, sampler and journal over simulated workers.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ScaleCommand implements Callable<Integer> {
    @Option(names = "--workers", defaultValue = "1000", description = "Trials at once.")
    private int workers;

    @Option(names = "--trials", defaultValue = "10000", description = "Trials of the study.")
    private int trials;

    @Option(names = "--seconds", defaultValue = "20", description = "Median of a trial's duration.")
    private double seconds;

    @Option(names = "--lost", defaultValue = "0.02", description = "Share of trials that the cluster loses.")
    private double lost;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        output.write(new Scale(workers, trials, seconds, lost).measure());
        return 0;
    }
}
