package io.trainyard.jobs.command;

import io.trainyard.jobs.run.BacktestJob;
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
                "Says what training again by section 'retrain' would have come to in the past, beside never doing so and always.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard retrain pipeline.yaml --backtest 2026-01-01 2026-05-01"})
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

    @Override
    public Integer call() throws Exception {
        if (backtest.size() != 2) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Give --backtest FROM TO: what has been is all that retrain can look at yet");
        }
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            BacktestJob.Result result = new BacktestJob(context.job()).run(moment(context, 0), moment(context, 1));
            output.result(BacktestJson.of(result), BacktestText.of(result));
            return 0;
        }
    }

    private Instant moment(CommandContext context, int place) {
        return PipelineOptions.moment(
                "--backtest", backtest.get(place), context.job().pipeline().timezone());
    }
}
