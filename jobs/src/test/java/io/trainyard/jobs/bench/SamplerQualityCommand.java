package io.trainyard.jobs.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "sampler-quality",
        description = "How close samplers come to the minimum of known functions, beside Optuna's.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SamplerQualityCommand implements Callable<Integer> {
    @Option(names = "--functions", split = ",", description = "Some of the functions, with commas (default: all).")
    private List<String> functions = List.of();

    @Option(names = "--trials", defaultValue = "100", description = "Trials of a study.")
    private int trials;

    @Option(names = "--seeds", defaultValue = "50", description = "Studies of each sampler.")
    private int seeds;

    @Option(names = "--gp-seeds", defaultValue = "10", description = "Studies of Optuna's Gaussian process; 0: none.")
    private int gpSeeds;

    @Option(
            names = "--workers",
            defaultValue = "8",
            description = "Trials at once where they are asynchronous; 1: no such.")
    private int workers;

    @Option(names = "--python", defaultValue = "python3", description = "Python in which Optuna may be installed.")
    private Path python;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<String> known =
                SearchFunction.all().stream().map(SearchFunction::name).toList();
        functions.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new ParameterException(
                    spec.commandLine(), "--functions: there is no '%s': there are %s".formatted(name, known));
        });
        List<SearchFunction> chosen = SearchFunction.all().stream()
                .filter(function -> functions.isEmpty() || functions.contains(function.name()))
                .toList();
        output.write(new SamplerQuality(chosen, trials, seeds, gpSeeds, workers, new OptunaSamplers(python.toString()))
                .measure());
        return 0;
    }
}
