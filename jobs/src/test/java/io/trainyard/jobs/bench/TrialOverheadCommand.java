package io.trainyard.jobs.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "trial-overhead",
        description = "What a trial costs that does nothing: in process, through a Spark task, and by Ray Tune.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrialOverheadCommand implements Callable<Integer> {
    @Option(names = "--trials", defaultValue = "1000", description = "Trials of ours.")
    private int trials;

    @Option(names = "--peer-trials", defaultValue = "50", description = "Trials of Ray Tune, which is slow.")
    private int peerTrials;

    @Option(names = "--pairs", defaultValue = "3", description = "How often all contestants run, one after the other.")
    private int pairs;

    @Option(names = "--slots", defaultValue = "2", description = "Trials at once.")
    private int slots;

    @Option(names = "--python", defaultValue = "python3", description = "Python in which Ray Tune may be installed.")
    private Path python;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (LocalSession session = new LocalSession(slots)) {
            output.write(new TrialOverhead(trials, peerTrials, pairs, slots, new RayTune(python.toString()))
                    .measure(session.spark()));
        }
        return 0;
    }
}
