package io.trainyard.jobs.command;

import io.trainyard.jobs.run.BacktestJob;
import io.trainyard.jobs.run.RetrainJob;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Training again, when it is worth it. */
@Command(
        name = "retrain",
        description =
                "Looks at the model at work, and by section 'retrain' trains it again, returns to the version before, or leaves it. For a scheduler: run twice, it does nothing the second time.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: trainyard retrain pipeline.yaml --dry-run",
            "         trainyard retrain pipeline.yaml --backtest 2026-01-01 2026-05-01"
        })
final class RetrainCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--backtest",
            arity = "2",
            paramLabel = "MOMENT",
            description =
                    "Replays the periods of section 'monitor' from the first moment to the second. Every model is XGBoost with the registered version's parameters or the library's defaults, without a search: when is compared, and not how.")
    private List<String> backtest = List.of();

    @Option(names = "--dry-run", description = "Looks and says what would be done and why, and does nothing of it.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        if (dryRun && !backtest.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--backtest trains nothing that stays: leave --dry-run out");
        }
        try (CommandContext context = CommandContext.followed(pipeline, output, "retrain")) {
            if (backtest.isEmpty()) {
                retrain(new RetrainJob(context.job()));
            } else {
                BacktestJob.Result result = new BacktestJob(context.job()).run(moment(context, 0), moment(context, 1));
                output.result(BacktestJson.of(result), BacktestText.of(result));
            }
            context.succeeded();
            return 0;
        }
    }

    private void retrain(RetrainJob job) throws Exception {
        if (dryRun) {
            RetrainJob.Plan plan = job.plan();
            output.result(RetrainJson.of(plan), RetrainText.of(plan));
            return;
        }
        RetrainJob.Result result = job.run(pipeline::load);
        output.result(RetrainJson.of(result), RetrainText.of(result));
    }

    private Instant moment(CommandContext context, int place) {
        return PipelineOptions.moment(
                "--backtest", backtest.get(place), context.job().pipeline().timezone());
    }
}
