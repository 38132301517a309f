package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.run.FetchedBundle;
import io.trainyard.jobs.storage.WarehouseStorage;
import io.trainyard.registry.Discard;
import io.trainyard.registry.Event;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.GateDecisionJson;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The registry of a pipeline's warehouse. Starts no Spark, but to reproduce. */
@Command(
        name = "models",
        description =
                "Lists, shows, describes, compares, reproduces, promotes, rolls back, discards, syncs and verifies registered models, and tells their history.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|card|compare|discard|history|reproduce|promote|rollback|sync|verify",
        subcommands = {
            CardCommand.class,
            CompareCommand.class,
            HistoryCommand.class,
            ReproduceCommand.class,
            SyncCommand.class
        },
        footer = {"", "Example: trainyard models list pipeline.yaml"})
final class ModelsCommand {
    @Command(
            name = "list",
            description = "Every version of every model in the warehouse.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard models list pipeline.yaml"})
    int list(@Mixin PipelineOptions options, @Mixin OutputOptions output) throws IOException {
        List<RegisteredModel> models = registry(options, options.load()).models();
        ArrayNode document = ResultJson.object().arrayNode();
        models.forEach(model -> document.add(ResultJson.of(model)));
        String text = models.stream().map(ResultText::of).collect(Collectors.joining("\n"));
        output.result(document, models.isEmpty() ? "No model is registered yet: trainyard train" : text);
        return 0;
    }

    @Command(
            name = "show",
            description = "A version: test metrics, parameters, importance of features, lineage, gates.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard models show pipeline.yaml --model-version 3"})
    int show(@Mixin PipelineOptions options, @Mixin OutputOptions output, @Mixin VersionOption wanted)
            throws IOException {
        Pipeline pipeline = options.load();
        ModelRegistry registry = registry(options, pipeline);
        ModelVersion version = wanted.find(registry, pipeline);
        Optional<Discard> discard =
                registry.model(version.model()).map(model -> model.discarded().get(version.number()));
        // It is in the bundle.
        List<FeatureImportance> importance = discard.isPresent() ? List.of() : importance(registry, pipeline, version);
        Optional<Event.Judged> judged = lastJudged(registry, version);
        ObjectNode document = ResultJson.of(version, importance).put("discarded", discard.isPresent());
        judged.ifPresent(said -> GateDecisionJson.put(document, said.decision()));
        output.result(
                document,
                ResultText.details(version)
                        + ResultText.importance(importance)
                        + discard.map(gone ->
                                        "\nDiscarded by %s at %s: %s".formatted(gone.actor(), gone.at(), gone.reason()))
                                .orElse("")
                        + judged.map(said ->
                                        "\nGates of %s".formatted(said.alias()) + HistoryCommand.lines(said.decision()))
                                .orElse(""));
        return 0;
    }

    private static List<FeatureImportance> importance(ModelRegistry registry, Pipeline pipeline, ModelVersion version)
            throws IOException {
        try (FetchedBundle fetched = FetchedBundle.of(registry, pipeline.register(), version)) {
            return fetched.bundle().metadata().importance();
        }
    }

    static Optional<Event.Judged> lastJudged(ModelRegistry registry, ModelVersion version) {
        return registry.history(version.model()).stream()
                .filter(Event.Judged.class::isInstance)
                .map(Event.Judged.class::cast)
                .filter(judged -> judged.version() == version.number())
                .reduce((earlier, later) -> later);
    }

    @Command(
            name = "promote",
            description = "Moves the alias to a version, with a reason that stays on record.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard models promote pipeline.yaml --model-version 3 --reason 'reviewed'"})
    int promote(
            @Mixin PipelineOptions options,
            @Mixin OutputOptions output,
            @Mixin VersionOption wanted,
            @Option(names = "--reason", description = "Why (default: ${DEFAULT-VALUE}).", defaultValue = "by hand")
                    String reason)
            throws IOException {
        Pipeline pipeline = options.load();
        ModelRegistry registry = registry(options, pipeline);
        ModelVersion version = wanted.find(registry, pipeline);
        String alias = pipeline.register().alias();
        int current = current(registry, pipeline);
        registry.promote(version.model(), alias, version.number(), current, reason);
        output.result(
                ResultJson.of(version).put("alias", alias), "%s is now version %d".formatted(alias, version.number()));
        return 0;
    }

    @Command(
            name = "rollback",
            description = "Returns the alias to the version that held it before.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard models rollback pipeline.yaml --reason 'complaints'"})
    int rollback(
            @Mixin PipelineOptions options,
            @Mixin OutputOptions output,
            @Option(names = "--reason", description = "Why (default: ${DEFAULT-VALUE}).", defaultValue = "by hand")
                    String reason)
            throws IOException {
        Pipeline pipeline = options.load();
        ModelRegistry registry = registry(options, pipeline);
        String alias = pipeline.register().alias();
        ModelVersion version = registry.rollback(pipeline.modelName(), alias, current(registry, pipeline), reason);
        output.result(
                ResultJson.of(version).put("alias", alias),
                "%s is version %d again".formatted(alias, version.number()));
        return 0;
    }

    @Command(
            name = "discard",
            description =
                    "Removes the bundle of a version that no alias and no rollback needs. The version stays on record, with scores and lineage.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard models discard pipeline.yaml --model-version 3 --reason 'leaked labels'"})
    int discard(
            @Mixin PipelineOptions options,
            @Mixin OutputOptions output,
            @Option(names = "--model-version", paramLabel = "N", required = true, description = "The version.")
                    int number,
            @Option(names = "--reason", description = "Why (default: ${DEFAULT-VALUE}).", defaultValue = "by hand")
                    String reason)
            throws IOException {
        Pipeline pipeline = options.load();
        registry(options, pipeline).discard(pipeline.modelName(), number, reason);
        output.result(
                ResultJson.object()
                        .put("model", pipeline.modelName())
                        .put("version", number)
                        .put("discarded", true),
                "version %d is discarded: it stays on record".formatted(number));
        return 0;
    }

    @Command(
            name = "verify",
            description = "Holds every file of a version's bundle to its digest.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard models verify pipeline.yaml"})
    int verify(@Mixin PipelineOptions options, @Mixin OutputOptions output, @Mixin VersionOption wanted)
            throws IOException {
        Pipeline pipeline = options.load();
        ModelRegistry registry = registry(options, pipeline);
        ModelVersion version = wanted.find(registry, pipeline);
        try (FetchedBundle fetched = FetchedBundle.of(registry, pipeline.register(), version)) {
            output.result(
                    ResultJson.of(version).put("verified", true),
                    "%s version %d is intact: %s"
                            .formatted(
                                    version.model(),
                                    version.number(),
                                    fetched.bundle().digest()));
        }
        return 0;
    }

    /** Which version a command is about. */
    static final class VersionOption {
        @Option(
                names = "--model-version",
                paramLabel = "VERSION",
                description =
                        "A number or an alias (default: the one that holds the pipeline's alias, else the newest).")
        private Optional<String> wanted = Optional.empty();

        ModelVersion find(ModelRegistry registry, Pipeline pipeline) {
            return VersionChoice.of(registry, pipeline).find(wanted);
        }
    }

    private static int current(ModelRegistry registry, Pipeline pipeline) {
        return registry.byAlias(pipeline.modelName(), pipeline.register().alias())
                .map(ModelVersion::number)
                .orElse(ModelRegistry.NO_VERSION);
    }

    static ModelRegistry registry(PipelineOptions options, Pipeline pipeline) throws IOException {
        return catalog(options, pipeline).registry();
    }

    static Catalog catalog(PipelineOptions options, Pipeline pipeline) {
        return new Catalog(pipeline, WarehouseStorage.ofProcess(), options.environment(), Clock.systemUTC());
    }
}
