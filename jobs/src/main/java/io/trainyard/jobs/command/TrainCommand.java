package io.trainyard.jobs.command;

import io.trainyard.jobs.run.TrainJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job. */
@Command(
        name = "train",
        description = "Builds the training set, searches, fits, tests, registers, and promotes if the gates pass.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard train pipeline.yaml --set search.trials=20"})
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (CommandContext context = CommandContext.followed(pipeline, output, "train")) {
            TrainJob.Result result = new TrainJob(context.job()).run();
            output.result(ResultJson.of(result), ResultText.of(result));
            context.succeeded(result.data().set().table().rows());
            return 0;
        }
    }
}
