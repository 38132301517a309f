package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.ScoreJob;
import io.trainyard.jobs.run.TrainJob;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything that the file describes. */
@Command(
        name = "run",
        description = "Does everything the pipeline file describes: trains, then scores where it says what.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard run pipeline.yaml"})
final class RunCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            TrainJob.Result trained = new TrainJob(context.job()).run();
            ObjectNode document = ResultJson.of(trained);
            String text = ResultText.of(trained);
            if (context.job().pipeline().score().isPresent()) {
                if (context.job()
                        .registry()
                        .byAlias(
                                context.job().pipeline().modelName(),
                                context.job().pipeline().score().get().alias())
                        .isPresent()) {
                    ScoreJob.Result scored = new ScoreJob(context.job()).run(Optional.empty());
                    document.set("score", ResultJson.of(scored));
                    text += "\n" + ResultText.of(scored);
                } else {
                    output.console().say("nothing scored: no version was promoted");
                }
            }
            output.result(document, text);
            return 0;
        }
    }
}
