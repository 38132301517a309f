package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.MonitorConfig;
import io.trainyard.jobs.config.ScoreConfig;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.ScoreJob;
import io.trainyard.jobs.run.TrainJob;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything that the file describes. */
@Command(
        name = "run",
        description =
                "Does everything the pipeline file describes: trains, then scores and monitors where it says what.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard run pipeline.yaml"})
final class RunCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (CommandContext context = CommandContext.followed(pipeline, output, "run")) {
            run(context.job());
            context.succeeded();
            return 0;
        }
    }

    private void run(JobContext job) throws Exception {
        TrainJob.Result trained = new TrainJob(job).run();
        ObjectNode document = ResultJson.of(trained);
        String text = ResultText.of(trained);
        Optional<ScoreConfig> score = job.pipeline().score();
        if (score.isPresent() && isHeld(job, score.get().alias(), "scored")) {
            ScoreJob.Result scored = new ScoreJob(job).run(Optional.empty());
            document.set("score", ResultJson.of(scored));
            text += "\n" + ResultText.of(scored);
        }
        Optional<MonitorConfig> monitor = job.pipeline().monitor();
        if (monitor.isEmpty() || !isHeld(job, monitor.get().alias(), "monitored")) {
            output.result(document, text);
            return;
        }
        MonitorRun seen = MonitorRun.of(job, Optional.empty());
        document.set("monitor", seen.json());
        output.result(document, text + "\n" + MonitorText.of(seen.result()));
        seen.tell();
    }

    private boolean isHeld(JobContext job, String alias, String done) {
        boolean held = job.registry().byAlias(job.pipeline().modelName(), alias).isPresent();
        if (!held) {
            output.console().say("nothing %s: no version was promoted".formatted(done));
        }
        return held;
    }
}
