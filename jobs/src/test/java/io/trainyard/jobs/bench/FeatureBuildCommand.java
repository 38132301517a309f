package io.trainyard.jobs.bench;

import io.trainyard.jobs.run.Session;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "feature-build",
        description =
                "Bringing feature tables up to date after a hundredth of the rows came, beside building them anew.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class FeatureBuildCommand implements Callable<Integer> {
    @Option(names = "--rows", defaultValue = "20000000", description = "Simulated payments, where no data are given.")
    private long rows;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Takes the fraud data in this folder, which holds fraud/transactions.parquet.")
    private Optional<Path> data;

    @Option(names = "--pairs", defaultValue = "3", description = "How often both run, one after the other.")
    private int pairs;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.open("feature-build", ZoneOffset.UTC, Map.of())) {
            FeatureBuildRows payments = data.isPresent()
                    ? FeatureBuildRows.stored(session.spark(), data.get())
                    : FeatureBuildRows.simulated(session.spark(), rows);
            output.write(new FeatureBuild(session.spark(), pairs).measure(payments));
        }
        return 0;
    }
}
