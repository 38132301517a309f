package io.trainyard.jobs.command;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.run.TrainJob;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The training set alone. */
@Command(
        name = "dataset",
        description = "Builds the training set alone.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "build",
        footer = {"", "Example: trainyard dataset build pipeline.yaml"})
final class DatasetCommand {
    @Command(
            name = "build",
            description = "Builds the training set, and says which rows were dropped, and why.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard dataset build pipeline.yaml --as-of 2026-05-01"})
    int build(@Mixin PipelineOptions pipeline, @Mixin OutputOptions output) throws IOException {
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            TrainingSetBuilder.Result result = new TrainJob(context.job()).trainingSet();
            output.result(
                    ResultJson.of(result),
                    "%s, version %d"
                            .formatted(
                                    result.set().table().path(),
                                    result.set().table().version()));
            return 0;
        }
    }
}
