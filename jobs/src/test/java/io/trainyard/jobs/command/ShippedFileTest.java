package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.jobs.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedFileTest {
    private static final String TEXT = """
            name: far
            sources: {tx: "${TRAINYARD_TEST_NOWHERE:-data}"}
            training: {rows: tx, label: größe}
            """;

    @TempDir
    private Path folder;

    /** As in cluster mode: the settings are there, the file is not. */
    @Test
    void whatWasShippedNeedsNoFile() throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(
                "spark.trainyard.pipeline.name",
                "conf/far.yaml",
                "spark.trainyard.pipeline.folder",
                "/elsewhere/conf",
                "spark.trainyard.pipeline.text",
                Base64.getEncoder().encodeToString(TEXT.getBytes(StandardCharsets.UTF_8)));

        try (ChildProgram program = ChildProgram.start(settings, folder, "validate", "conf/far.yaml")) {
            assertThat(program.finish()).contains("conf/far.yaml is valid");
        }
    }

    @Test
    void aUriIsReadFromItsStorage() throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), TEXT);

        assertThat(ShippedFile.textOf(file.toUri().toString()).folder()).isEqualTo(folder.toString());
        assertThat(ShippedFile.textOf("file:" + file).text()).isEqualTo(TEXT);
    }

    @Test
    void aUriOfNothingIsRefused() {
        assertThatThrownBy(() -> ShippedFile.textOf("nowhere://bucket/p.yaml"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nothing on the class path reads 'nowhere' storage");
    }
}
