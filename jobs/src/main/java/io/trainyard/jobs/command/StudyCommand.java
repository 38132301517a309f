package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.run.Catalog.StudyView;
import io.trainyard.jobs.run.JobException;
import io.trainyard.jobs.run.StudyProof;
import io.trainyard.jobs.run.StudySummary;
import io.trainyard.jobs.storage.WarehouseStorage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The studies of a pipeline. Starts no Spark. */
@Command(
        name = "study",
        description = "Lists, shows and verifies the studies of the pipeline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|verify",
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
        studies.forEach(study -> document.add(StudyJson.of(study)));
        String text = studies.stream().map(ResultText::of).collect(Collectors.joining("\n"));
        output.result(document, studies.isEmpty() ? "There is no study yet: trainyard tune" : text);
        return 0;
    }

    @Command(
            name = "show",
            description =
                    "What a study found: its best trial, or the front of several metrics, how it got there, and which parameters matter.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "A parameter's importance is its share of what sets the best tenth of the trials apart (PED-ANOVA).",
                "Example: trainyard study show pipeline.yaml --trials 10"
            })
    int show(
            @Mixin PipelineOptions options,
            @Mixin OutputOptions output,
            @Mixin StudyOption wanted,
            @Option(
                            names = "--trials",
                            description = "How many trials to print (default: ${DEFAULT-VALUE}).",
                            defaultValue = "20")
                    int trials)
            throws IOException {
        StudyView study = wanted.find(options.load());
        StudySummary summary = StudySummary.of(study);
        output.result(StudyJson.of(study, summary), StudyText.of(study, summary, trials));
        return 0;
    }

    @Command(
            name = "verify",
            description =
                    "Computes every suggestion of a study again from its journal. Exit code 1 where one comes out differently.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard study verify pipeline.yaml"})
    int verify(@Mixin PipelineOptions options, @Mixin OutputOptions output, @Mixin StudyOption wanted)
            throws IOException {
        StudyProof proof = StudyProof.of(wanted.find(options.load()));
        output.result(StudyJson.of(proof), StudyText.of(proof));
        return proof.verification().deviations().isEmpty() ? 0 : CommandLine.ExitCode.SOFTWARE;
    }

    /** Which study a command is about. */
    static final class StudyOption {
        @Option(names = "--study", paramLabel = "NAME", description = "The study (default: the newest).")
        private Optional<String> name = Optional.empty();

        StudyView find(Pipeline pipeline) throws IOException {
            List<StudyView> studies = studies(pipeline);
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
    }

    private static List<StudyView> studies(Pipeline pipeline) throws IOException {
        return new Catalog(pipeline, WarehouseStorage.ofProcess(), Map.of(), Clock.systemUTC()).studies();
    }
}
