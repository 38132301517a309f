package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.report.ModelCard;
import io.trainyard.jobs.run.LocalFolder;
import io.trainyard.jobs.run.TrainedRows;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        ModelCard.Written card = card(registry, version);
        ObjectNode document = ResultJson.object().put("model", version.model()).put("version", version.number());
        if (to.isEmpty()) {
            output.result(document.put("markdown", card.markdown()), card.markdown());
            return 0;
        }
        Path folder = Files.createDirectories(to.get());
        Path markdown = Files.writeString(folder.resolve("card.md"), card.markdown());
        Path html = Files.writeString(folder.resolve("card.html"), card.html());
        document.putArray("files").add(markdown.toString()).add(html.toString());
        output.result(document, "%s\n%s".formatted(markdown, html));
        return 0;
    }

    private static ModelCard.Written card(ModelRegistry registry, ModelVersion version) throws IOException {
        try (LocalFolder folder = LocalFolder.create()) {
            Path fetched = folder.path().resolve("bundle");
            registry.fetch(version, fetched);
            Bundle bundle = Bundle.open(fetched);
            return ModelCard.of(version, bundle, TrainedRows.read(bundle));
        }
    }
}
