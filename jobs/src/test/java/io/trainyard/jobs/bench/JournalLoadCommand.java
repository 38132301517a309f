package io.trainyard.jobs.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "journal-load",
        description = "How long a long study takes to read: the first time in a process, and over all reads.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class JournalLoadCommand implements Callable<Integer> {
    @Option(names = "--trials", defaultValue = "10000", description = "Trials of the study.")
    private int trials;

    @Option(names = "--runs", defaultValue = "5", description = "How often it is read.")
    private int runs;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        output.write(new JournalLoad(trials, runs).measure());
        return 0;
    }
}
