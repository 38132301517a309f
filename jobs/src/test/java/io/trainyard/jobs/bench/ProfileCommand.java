package io.trainyard.jobs.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "profile",
        description =
                "Profiling 20 columns in one pass, beside Spark's percentile_approx and approx_count_distinct of them.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ProfileCommand implements Callable<Integer> {
    @Option(names = "--rows", defaultValue = "1000000", description = "Simulated rows, stored as Parquet first.")
    private long rows;

    @Option(names = "--runs", defaultValue = "5", description = "Measured rounds.")
    private int runs;

    @Option(names = "--warm-ups", defaultValue = "2", description = "Rounds before those that are measured.")
    private int warmUps;

    @Option(names = "--slots", defaultValue = "2", description = "Tasks at once.")
    private int slots;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (LocalSession session = new LocalSession(slots)) {
            output.write(new ProfileBench(session.spark(), rows, warmUps, runs).measure());
        }
        return 0;
    }
}
