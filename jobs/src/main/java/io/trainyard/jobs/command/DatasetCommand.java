package io.trainyard.jobs.command;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.run.FeatureJobs;
import io.trainyard.jobs.run.TrainJob;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    int build(
            @Mixin PipelineOptions pipeline,
            @Mixin OutputOptions output,
            @Option(names = "--explain", description = "Only says how views would be joined to the rows.")
                    boolean explain)
            throws IOException {
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            if (explain) {
                String plan = new FeatureJobs(context.job()).explain();
                output.result(ResultJson.object().put("plan", plan), plan);
                return 0;
            }
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
