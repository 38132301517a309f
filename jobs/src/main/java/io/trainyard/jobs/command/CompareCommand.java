package io.trainyard.jobs.command;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.FetchedBundle;
import io.trainyard.jobs.run.JobException;
import io.trainyard.jobs.run.VersionComparison;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Two versions side by side. */
@Command(
        name = "compare",
        description =
                "Two versions side by side: test metrics with their intervals, and what differs in parameters, inputs, features and their importance.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard models compare pipeline.yaml champion 4"})
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions options;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "A",
            description = "A number or an alias (default: the version that holds the pipeline's alias).")
    private Optional<String> first = Optional.empty();

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "B",
            description = "A number or an alias (default: the newest version).")
    private Optional<String> second = Optional.empty();

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Pipeline pipeline = options.load();
        ModelRegistry registry = ModelsCommand.registry(options, pipeline);
        VersionChoice choice = VersionChoice.of(registry, pipeline);
        ModelVersion one = choice.find(first);
        ModelVersion other = second.isPresent() ? choice.find(second) : choice.newest();
        if (one.number() == other.number()) {
            throw new JobException(
                    "Cannot compare version %d of %s with itself: name two of its versions, such as models compare PIPELINE 1 2"
                            .formatted(one.number(), one.model()));
        }
        try (FetchedBundle first = FetchedBundle.of(registry, pipeline.register(), one);
                FetchedBundle second = FetchedBundle.of(registry, pipeline.register(), other)) {
            VersionComparison comparison = VersionComparison.of(one, first.bundle(), other, second.bundle());
            output.result(ComparisonJson.of(comparison), ComparisonText.of(comparison));
            return 0;
        }
    }
}
