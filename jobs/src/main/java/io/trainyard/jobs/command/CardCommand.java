package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.card.ModelCard;
import io.trainyard.jobs.card.TrainedRows;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.FetchedBundle;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What there is to know of a version, for people. */
@Command(
        name = "card",
        description =
                "The model card of a version: what it predicts, data, test metrics, importance, parameters, limits, and how to load it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard models card pipeline.yaml champion --to cards"})
final class CardCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions options;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "A number or an alias (default: the version that holds the alias, else the newest).")
    private Optional<String> wanted = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Writes card.md and card.html into a folder (default: prints the Markdown).")
    private Optional<Path> to = Optional.empty();

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Pipeline pipeline = options.load();
        ModelRegistry registry = ModelsCommand.registry(options, pipeline);
        ModelVersion version = VersionChoice.of(registry, pipeline).find(wanted);
        ModelCard.Written card = card(registry, pipeline, version);
        ObjectNode document = ResultJson.object().put("model", version.model()).put("version", version.number());
        if (to.isEmpty()) {
            output.result(document.put("markdown", card.markdown()), card.markdown());
            return 0;
        }
        List<String> files = card.write(Files.createDirectories(to.get())).stream()
                .map(Path::toString)
                .toList();
        files.forEach(document.putArray("files")::add);
        output.result(document, String.join("\n", files));
        return 0;
    }

    private static ModelCard.Written card(ModelRegistry registry, Pipeline pipeline, ModelVersion version)
            throws IOException {
        try (FetchedBundle fetched = FetchedBundle.of(registry, pipeline.register(), version)) {
            return ModelCard.of(
                    version,
                    fetched.bundle(),
                    TrainedRows.read(fetched.bundle()),
                    ModelsCommand.lastJudged(registry, version));
        }
    }
}
