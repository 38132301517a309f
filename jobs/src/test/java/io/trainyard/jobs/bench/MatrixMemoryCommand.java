package io.trainyard.jobs.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "matrix-memory",
        description =
                "Native memory of trials at its peak, ours and plain native loops. Needs a heap that is touched before:",
        footer = {"", "TRAINYARD_JAVA_OPTIONS='-Xms3g -Xmx3g -XX:+AlwaysPreTouch' scripts/bench matrix-memory"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class MatrixMemoryCommand implements Callable<Integer> {
    private static final String TOUCHED = "-XX:+AlwaysPreTouch";
    private static final long SEED = 20260101;

    @Option(names = "--rows", defaultValue = "500000", description = "Simulated rows.")
    private int rows;

    @Option(names = "--columns", defaultValue = "28", description = "Simulated columns.")
    private int columns;

    @Option(names = "--rounds", defaultValue = "20", description = "Boosting rounds of every configuration.")
    private int rounds;

    @Option(names = "--slots", defaultValue = "2", description = "Configurations at once, one thread each.")
    private int slots;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        if (!options.contains(TOUCHED)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The heap grows while it is measured: begin with "
                            + spec.usageMessage().footer()[1]);
        }
        try (LocalSession session = new LocalSession(slots)) {
            output.write(new MatrixMemory(rounds, slots)
                    .measure(BenchRows.simulated(session.spark(), rows, columns, SEED, slots)));
        }
        return 0;
    }
}
