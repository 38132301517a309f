package io.trainyard.jobs.command;

import io.trainyard.jobs.run.Search;
import io.trainyard.jobs.run.TrainJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The study alone. */
@Command(
        name = "tune",
        description = "Runs the study alone, or resumes it where it stopped.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard tune pipeline.yaml --set search.trials=100"})
final class TuneCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (CommandContext context = CommandContext.followed(pipeline, output, "tune")) {
            Search.Result result = new TrainJob(context.job()).search();
            output.result(
                    ResultJson.of(result),
                    "\nBest trials of %s\n%s"
                            .formatted(
                                    result.study(),
                                    ResultText.best(result.history().complete(), result.direction(), 5)));
            context.succeeded();
            return 0;
        }
    }
}
