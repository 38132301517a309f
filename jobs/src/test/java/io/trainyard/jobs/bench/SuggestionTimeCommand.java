package io.trainyard.jobs.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "suggestion-time",
        description = "How long samplers take for one suggestion in a long study.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SuggestionTimeCommand implements Callable<Integer> {
    @Option(names = "--trials", defaultValue = "1000", description = "Trials that have ended.")
    private int trials;

    @Option(names = "--parameters", defaultValue = "10", description = "Parameters of the space.")
    private int parameters;

    @Option(names = "--runs", defaultValue = "31", description = "Suggestions that are measured.")
    private int runs;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        output.write(new SuggestionTime(trials, parameters, runs).measure());
        return 0;
    }
}
