package io.trainyard.jobs.command;

import io.trainyard.jobs.run.ScoreJob;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Batch scoring. */
@Command(
        name = "score",
        description = "Scores the rows of section 'score' into a Delta table.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard score pipeline.yaml --model card-fraud@champion"})
final class ScoreCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--model",
            paramLabel = "NAME@ALIAS",
            description = "The model to score with (default: the pipeline's own).")
    private Optional<String> model = Optional.empty();

    @Override
    public Integer call() throws Exception {
        try (CommandContext context = CommandContext.followed(pipeline, output, "score")) {
            ScoreJob.Result result = new ScoreJob(context.job()).run(model);
            output.result(ResultJson.of(result), ResultText.of(result));
            context.succeeded(result.commit().table().rows());
            return 0;
        }
    }
}
