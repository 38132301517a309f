package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.RegistryName;
import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.run.Console;
import io.trainyard.jobs.run.FetchedBundle;
import io.trainyard.jobs.run.LocalFolder;
import io.trainyard.registry.RegistrySync;
import io.trainyard.registry.mlflow.TrackingOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a pipeline's model from one registry to another, and its studies to MLflow. */
@Command(
        name = "sync",
        description =
                "Brings the pipeline's model from its registry to another: versions, what gates said of them, aliases; and to MLflow also its studies, of which what is missing there. May be run again at any time. Exit code 1 where MLflow did not take all of a study.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard models sync pipeline.yaml --to mlflow"})
final class SyncCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions options;

    @Option(
            names = "--to",
            paramLabel = "REGISTRY",
            description =
                    "path or mlflow (default: the pipeline's own, to which only what is missing of studies is brought).")
    private Optional<RegistryName> to = Optional.empty();

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Pipeline pipeline = options.load();
        Catalog catalog = ModelsCommand.catalog(options, pipeline);
        RegistryName own = pipeline.register().registry();
        RegistryName target = to.orElse(own);
        ObjectNode document =
                ResultJson.object().put("model", pipeline.modelName()).put("to", target.toString());
        List<String> lines = new ArrayList<>();
        if (target != own) {
            RegistrySync.Report report = models(catalog, pipeline, own, target, output.console());
            tell(report, document, lines);
        }
        boolean isWhole = true;
        if (target == RegistryName.MLFLOW) {
            Map<String, TrackingOutcome> studies = catalog.track();
            isWhole = studies.values().stream().allMatch(outcome -> outcome.notSent() == 0);
            tell(studies, document, lines);
        }
        output.result(
                document,
                lines.isEmpty() ? "nothing to sync: name another registry with --to" : String.join("\n", lines));
        return isWhole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static RegistrySync.Report models(
            Catalog catalog, Pipeline pipeline, RegistryName from, RegistryName to, Console console)
            throws IOException {
        try (LocalFolder scratch = LocalFolder.create()) {
            return new RegistrySync(
                            catalog.registry(from),
                            catalog.registry(to),
                            scratch.path(),
                            version -> console.say("bringing version " + version.number()),
                            bundle -> FetchedBundle.open(bundle, pipeline.register()))
                    .of(pipeline.modelName());
        }
    }

    private static void tell(RegistrySync.Report report, ObjectNode document, List<String> lines) {
        ObjectNode versions = document.putObject("versions");
        report.versions().forEach((number, copy) -> {
            versions.putObject(String.valueOf(number))
                    .put("number", copy.number())
                    .put("new", copy.isNew());
            lines.add("version %d %s version %d"
                    .formatted(number, copy.isNew() ? "became" : "is there already as", copy.number()));
        });
        ObjectNode aliases = document.putObject("aliases");
        report.aliases().forEach((alias, copy) -> {
            aliases.put(alias, copy.name().toLowerCase(Locale.ROOT));
            lines.add(
                    switch (copy) {
                        case MOVED -> alias + " was moved to the same version there";
                        case EQUAL -> alias + " points to the same version there already";
                        case LEFT ->
                            alias
                                    + " points to a version there that is not from here, and was left: move it with models promote";
                    });
        });
    }

    private static void tell(Map<String, TrackingOutcome> studies, ObjectNode document, List<String> lines) {
        ObjectNode all = document.putObject("studies");
        studies.forEach((name, outcome) -> {
            all.putObject(name).put("sent", outcome.sent()).put("not_sent", outcome.notSent());
            lines.add("%s: %s".formatted(name, outcome.text()));
        });
    }
}
