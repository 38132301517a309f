package io.trainyard.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
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

/**
 * Each case of {@code refused-deployments.txt}: a title, the platforms, the section {@code deploy} and what else differs from a
 * plain pipeline, and the whole message, or nothing where the platform takes it.
 */
class RefusedDeploymentsTest {
    private static final String PLAIN = "name: p\nsources: {tx: data}\ntraining: {rows: tx, label: y}\n";

    private record Case(String title, String platform, String file, String message) {
        static Stream<Case> of(String text) {
            String[] parts = text.split("\n>>>(\n|$)", 2);
            String[] lines = parts[0].split("\n", 3);
            return Arrays.stream(lines[1].replaceFirst("^\\$ ", "").split(" "))
                    .map(platform -> new Case(lines[0].strip(), platform, lines[2], parts[1].strip()));
        }

        @Override
        public String toString() {
            return title + ": " + platform;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysAllThatCannotWork(Case refused, @TempDir Path folder) throws IOException {
        String start = refused.file().contains("sources:") ? "name: p\ntraining: {rows: tx, label: y}\n" : PLAIN;
        Path file = Files.writeString(folder.resolve("p.yaml"), start + refused.file());
        Pipeline pipeline = PipelineFile.load(file, Optional.empty(), List.of(), Map.of());

        if (refused.message().isEmpty()) {
            assertThat(JobDefinitions.render(refused.platform(), pipeline, file, Optional.empty())
                            .files())
                    .isNotEmpty();
            return;
        }
        assertThatThrownBy(() -> JobDefinitions.render(refused.platform(), pipeline, file, Optional.empty()))
                .isInstanceOf(DeploymentException.class)
                .extracting(exception -> exception
                        .getMessage()
                        .replace(folder + "/", "")
                        .replaceFirst("^p.yaml cannot run on \\S+: \\d+ problems?\n", ""))
                .isEqualTo(refused.message());
    }

    static Stream<Case> cases() throws IOException {
        try (var stream = RefusedDeploymentsTest.class.getResourceAsStream("refused-deployments.txt")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^### "))
                    .filter(part -> !part.isBlank())
                    .flatMap(Case::of);
        }
    }
}
