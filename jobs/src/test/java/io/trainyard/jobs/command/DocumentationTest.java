package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.config.PipelineSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documentation shows is what the program takes. */
class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("trainyard.root"));
    private static final Map<String, String> ENVIRONMENT = Map.of("TRAINYARD_DATA", "/data");

    @TempDir
    private Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("conf/examples"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(Path example) {
        Pipeline pipeline = PipelineFile.load(example, Optional.empty(), List.of(), ENVIRONMENT);

        assertThat(example).hasFileName(pipeline.name() + ".yaml");
    }

    @Test
    void thePipelineFileOfTheReadmeIsValid() throws IOException {
        Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertThat(yaml.find()).isTrue();
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml.group(1));

        assertThat(PipelineFile.load(file, Optional.of("prod"), List.of(), Map.of())
                        .warehouse()
                        .resolved())
                .isEqualTo("s3a://bucket/card-fraud");
    }

    @Test
    void theSchemaInTheConfigurationFolderIsTheProgramsOwn() throws IOException {
        assertThat(Files.readString(ROOT.resolve("conf/pipeline.schema.json")))
                .as("write it anew with: scripts/trainyard schema > conf/pipeline.schema.json")
                .isEqualToIgnoringNewLines(PipelineSchema.json());
    }

    @Test
    void everyCommandOfTheReadmeExistsAndEveryCommandHasAnExample() throws IOException {
        CommandLine root = Main.commandLine(Map.of());
        assertThat(readme())
                .contains(List.of("train", "tune", "score", "validate", "run", "schema", "doctor", "demo-data"));
        root.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
                        .as(name)
                        .contains("Example: trainyard " + name);
                command.getSubcommands()
                        .forEach((part, below) -> assertThat(below.getUsageMessage(CommandLine.Help.Ansi.OFF))
                                .as(name + " " + part)
                                .contains("Example: trainyard %s %s".formatted(name, part)));
            }
        });
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
