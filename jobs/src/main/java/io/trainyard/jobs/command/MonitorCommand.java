package io.trainyard.jobs.command;

import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.MonitorReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watching a model at work. */
@Command(
        name = "monitor",
        description =
                "Looks at what a model met in the last windows of section 'monitor': drift of features, predictions and labels against its training, and its metric as far as labels are known.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard monitor pipeline.yaml --as-of 2026-05-01 --fail-on drift,metric"})
final class MonitorCommand implements Callable<Integer> {
    /** Only where asked for: a scheduler takes it for a failure. */
    private static final int FOUND = 3;

    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--model",
            paramLabel = "NAME@ALIAS",
            description = "The model to watch, by alias or number (default: the pipeline's own).")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            split = ",",
            description =
                    "Ends with exit code 3 where the newest window shows it: drift (of features, predictions or labels), metric, volume; or freshness (of sources), test.")
    private List<Failing> failOn = List.of();

    /** What a scheduler may want to hear of. */
    enum Failing {
        DRIFT,
        METRIC,
        VOLUME,
        FRESHNESS,
        TEST;

        private boolean covers(Finding.Kind kind) {
            return switch (kind) {
                case FEATURE, PREDICTION, LABEL -> this == DRIFT;
                case METRIC -> this == METRIC;
                case VOLUME -> this == VOLUME;
                case FRESHNESS -> this == FRESHNESS;
                case TEST -> this == TEST;
            };
        }

        boolean in(MonitorReport report) {
            return report.latestFindings().stream()
                    .anyMatch(finding -> finding.verdict() == Verdict.DRIFTED && covers(finding.kind()));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws Exception {
        try (CommandContext context = CommandContext.followed(pipeline, output, "monitor")) {
            MonitorRun run = MonitorRun.of(context.job(), model);
            output.result(run.json(), MonitorText.of(run.result()));
            run.tell();
            context.succeeded();
            return failOn.stream().anyMatch(failing -> failing.in(run.result().report())) ? FOUND : 0;
        }
    }
}
