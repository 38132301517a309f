package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.RetentionJob;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removal of what nobody wants kept. */
@Command(
        name = "retain",
        description =
                "Removes what section 'retention' does not keep: bundles, pins of training sets, studies, old versions of tables. Every 'trainyard retrain' does it too.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard retain pipeline.yaml --dry-run"})
final class RetainCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private OutputOptions output;

    @Option(names = "--dry-run", description = "Only says what would be removed.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException {
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            RetentionJob.Result result = new RetentionJob(context.job()).run(dryRun);
            output.result(json(result).put("dry_run", dryRun), text(result));
            return 0;
        }
    }

    private String text(RetentionJob.Result result) {
        return result.lines().isEmpty()
                ? "Nothing to remove"
                : result.lines().stream()
                        .map(line -> (dryRun ? "would remove " : "removed ") + line)
                        .collect(Collectors.joining("\n"));
    }

    private static ObjectNode json(RetentionJob.Result result) {
        ObjectNode document = ResultJson.object();
        result.bundles().forEach(document.putArray("bundles")::add);
        result.trainingSets().forEach(document.putArray("training_sets")::add);
        result.studies().forEach(document.putArray("studies")::add);
        result.leftovers().forEach(document.putArray("leftovers")::add);
        document.set("tables", FeatureJson.list(result.tables(), FeatureJson::of));
        return document;
    }
}
