package io.trainyard.jobs.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of {@code broken-pipelines.txt}: a title, a file, and the whole message that it must give. */
class BrokenPipelinesTest {
    private record Case(String title, String file, String message) {
        static Case of(String text) {
            String[] parts = text.split("\n>>>\n");
            int end = parts[0].indexOf('\n');
            return new Case(parts[0].substring(0, end).strip(), parts[0].substring(end + 1), parts[1].strip());
        }

        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersEveryProblem(Case broken, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), broken.file());

        assertThatThrownBy(() -> PipelineFile.load(file, Optional.empty(), List.of(), Map.of("SECRET", "hunter2")))
                .isInstanceOf(ConfigurationException.class)
                .extracting(exception -> exception.getMessage().replace(file.toString(), "pipeline.yaml"))
                .isEqualTo(broken.message());
    }

    static Stream<Case> cases() throws IOException {
        try (var stream = BrokenPipelinesTest.class.getResourceAsStream("broken-pipelines.txt")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^### "))
                    .filter(part -> !part.isBlank())
                    .map(Case::of);
        }
    }
}
