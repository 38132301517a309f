package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.run.Catalog.StudyView;
import io.trainyard.jobs.run.JobException;
import io.trainyard.jobs.storage.WarehouseStorage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The studies of a pipeline. Starts no Spark. */
@Command(
        name = "study",
        description = "Lists and shows the studies of the pipeline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show",
        footer = {"", "Example: trainyard study show pipeline.yaml"})
final class StudyCommand {
    @Command(
            name = "list",
            description = "Every study with its best value.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard study list pipeline.yaml"})
    int list(@Mixin PipelineOptions options, @Mixin OutputOptions output) throws IOException {
        List<StudyView> studies = studies(options.load());
        ArrayNode document = ResultJson.object().arrayNode();
        studies.forEach(study -> document.add(ResultJson.of(study)));
        String text = studies.stream().map(ResultText::of).collect(Collectors.joining("\n"));
        output.result(document, studies.isEmpty() ? "There is no study yet: trainyard tune" : text);
        return 0;
    }

    @Command(
            name = "show",
            description = "A study's trials, the best first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard study show pipeline.yaml --trials 10"})
    int show(
            @Mixin PipelineOptions options,
            @Mixin OutputOptions output,
            @Option(names = "--study", paramLabel = "NAME", description = "The study (default: the newest).")
                    Optional<String> name,
            @Option(
                            names = "--trials",
                            description = "How many trials to print (default: ${DEFAULT-VALUE}).",
                            defaultValue = "20")
                    int trials)
            throws IOException {
        Pipeline pipeline = options.load();
        StudyView study = find(studies(pipeline), pipeline, name);
        output.result(
                ResultJson.of(study),
                ResultText.of(study) + "\n"
                        + ResultText.best(
                                study.history().complete(), study.file().direction(), trials));
        return 0;
    }

    private static StudyView find(List<StudyView> studies, Pipeline pipeline, Optional<String> name) {
        if (studies.isEmpty()) {
            throw new JobException("Pipeline '%s' has no study yet: trainyard tune".formatted(pipeline.name()));
        }
        if (name.isEmpty()) {
            return studies.get(studies.size() - 1);
        }
        return studies.stream()
                .filter(study -> study.file().name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new JobException("There is no study '%s': there are %s"
                        .formatted(
                                name.get(),
                                studies.stream()
                                        .map(study -> study.file().name())
                                        .toList())));
    }

    private static List<StudyView> studies(Pipeline pipeline) throws IOException {
        return new Catalog(pipeline, WarehouseStorage.ofProcess(), Clock.systemUTC()).studies();
    }
}
