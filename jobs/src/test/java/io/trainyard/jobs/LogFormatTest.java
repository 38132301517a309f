package io.trainyard.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that {@code conf/log4j2.properties} makes. */
class LogFormatTest {
    private static final Map<String, String> LABELS =
            Map.of("mdc.pipeline", "visits", "mdc.run", "train-1", "mdc.study", "visits-0a", "mdc.trial", "12");

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty("trainyard.log");
        System.clearProperty("trainyard.log.format");
    }

    @Test
    void aTextLineSaysWhatItIsAbout() throws IOException {
        assertThat(lines("text")).first().asString().matches("\\d{4}-.* INFO  \\[.*] Journal - trial \"12\"\\\\");
        assertThat(lines("text"))
                .anyMatch(line ->
                        line.endsWith("Journal pipeline=visits run=train-1 study=visits-0a trial=12 - trial \"12\"\\"))
                .anyMatch(line -> line.contains("IllegalStateException: two"));
    }

    @Test
    void aJsonLineIsADocumentAfterTheElasticCommonSchema() throws IOException {
        List<String> lines = lines("json");
        assertThat(lines).hasSize(3);
        JsonNode plain = new ObjectMapper().readTree(lines.get(0));
        assertThat(plain.at("/message").asText()).isEqualTo("trial \"12\"\\");
        assertThat(plain.has("labels.trial")).isFalse();
        JsonNode labelled = new ObjectMapper().readTree(lines.get(1));
        assertThat(labelled.at("/labels.pipeline").asText()).isEqualTo("visits");
        assertThat(labelled.at("/labels.run").asText()).isEqualTo("train-1");
        assertThat(labelled.at("/labels.study").asText()).isEqualTo("visits-0a");
        assertThat(labelled.at("/labels.trial").asText()).isEqualTo("12");
        assertThat(labelled.at("/log.level").asText()).isEqualTo("INFO");
        assertThat(labelled.at("/log.logger").asText()).isEqualTo("io.trainyard.Journal");
        JsonNode failure = new ObjectMapper().readTree(lines.get(2));
        assertThat(failure.at("/error.stack_trace").asText()).contains("IllegalStateException: two\nlines");
    }

    private List<String> lines(String format) throws IOException {
        Path file = folder.resolve(format + ".log");
        Files.deleteIfExists(file);
        System.setProperty("trainyard.log", file.toString());
        System.setProperty("trainyard.log.format", format);
        Path configuration = Path.of(System.getProperty("trainyard.root"), "conf/log4j2.properties");
        try (LoggerContext context = new LoggerContext("format", null, configuration.toUri())) {
            context.start();
            context.getLogger("io.trainyard.Journal").info("trial \"12\"\\");
            CloseableThreadContext.Instance labels = CloseableThreadContext.putAll(LABELS);
            context.getLogger("io.trainyard.Journal").info("trial \"12\"\\");
            labels.close();
            context.getLogger("io.trainyard.Journal").error("failed", new IllegalStateException("two\nlines"));
        }
        return Files.readAllLines(file);
    }
}
