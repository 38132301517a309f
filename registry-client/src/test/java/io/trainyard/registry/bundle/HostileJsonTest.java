package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.Refusal;
import io.trainyard.registry.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of a bundle that are JSON, and not what they should be. The manifest fits them. */
class HostileJsonTest {
    @TempDir
    private Path folder;

    private Path directory;

    @BeforeEach
    void writeBundle() {
        directory = folder.resolve("bundle");
        SampleBundle.write(directory, "booster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoding.json", "trainyard.json", "manifest.json"})
    void nestingIsLimited(String file) throws IOException {
        for (String opening : new String[] {"[", "{\"a\":"}) {
            write(file, opening.repeat(200_000));

            refused("Cannot read %s of bundle %s: not valid JSON".formatted(file, directory));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967297", "1.0", "\"1\"", "1e0", "[1]", "null", "true"})
    void aFormatThatIsNoNumberIsRefused(String format) throws IOException {
        edit("encoding.json", "\"format\" : 1", "\"format\" : " + format);

        refused("it has no number 'format', so it is none of Trainyard's documents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"text\"", "7", "{}"})
    void aDocumentOfAnotherKindIsRefused(String text) throws IOException {
        write("encoding.json", text);

        refused("it has no number 'format'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "format" : 1     | "format" : 2                       | it has format 2, and this version of Trainyard reads format 1
            "format" : 1     | "format" : 1, "format" : 1         | Duplicate field 'format'
            "trial" : 17     | "trial" : 4294967313               | 'trial' must be a whole number below 2^31, and is 4294967313
            "trial" : 17     | "trial" : "17"                     | 'trial' must be a whole number below 2^31
            "seed" : 7       | "seed" : 9223372036854775808       | 'seed' must be a whole number below 2^63
            "value" : 0.5    | "value" : 1e999                    | 'value' must be a number that a double holds
            "value" : 0.5    | "value" : "half"                   | 'value' must be a number that a double holds, and is "half"
            "value" : 0.5    | "value" : {}                       | 'value' must be a number that a double holds, and is OBJECT
            "low" : 0.375    | "low" : 0.875                      | has the interval 0.875 to 0.625
            2026-01-01T      | 2026-01-32T                        | 'as_of' is no timestamp
            2026-01-01T      | \\u001b]0;T                        | 'as_of' is no timestamp: '\\u001b]0;T
            "lineage"        | "linage"                           | 'lineage'
            """)
    void metadataThatAreNoneAreRefused(String from, String to, String message) throws IOException {
        edit("trainyard.json", from, to);

        refused(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "type" : "number"  | "type" : "evil\\nCannot"                                          | unknown type 'evil\\u000aCannot'
            "type" : "number"  | "type" : "standardized", "mean" : 1e400, "deviation" : 1          | 'mean' must be a number that a double holds
            "type" : "number"  | "type" : "standardized", "mean" : 0, "deviation" : 0              | cannot be standardized
            "type" : "number"  | "type" : "one_hot", "categories" : []                             | has no category
            "Bern"             | "Zürich"                                                          | has the category 'Zürich' twice
            "true"             | "false"                                                           | has a class twice
            "amount"           | "is_fraud"                                                        | 'is_fraud' is a feature twice, or a feature and the label
            """)
    void anEncodingThatIsNoneIsRefused(String from, String to, String message) throws IOException {
        edit("encoding.json", from, to);

        refused(message);
    }

    @Test
    void aNumberOfThousandsOfDigitsIsRefused() throws IOException {
        edit("trainyard.json", "\"seed\" : 7", "\"seed\" : " + "7".repeat(100_000));

        refused("Cannot read trainyard.json of bundle " + directory + ": not valid JSON");
    }

    @Test
    void fiftyThousandNamesThatCleanToOneAreToldApart() throws IOException {
        String features = IntStream.range(0, 50_000)
                .mapToObj(i -> "{\"type\":\"number\",\"name\":\"%s\"}"
                        .formatted(String.format("%17s", Integer.toBinaryString(i))
                                .replace('0', ',')
                                .replace('1', '<')))
                .collect(Collectors.joining(","));
        write(
                "encoding.json",
                "{\"format\":1,\"features\":[%s],\"target\":{\"type\":\"number\",\"label\":\"y\"}}"
                        .formatted(features));

        assertThat(Bundle.open(directory).encoding().columns()).hasSize(50_000).doesNotHaveDuplicates();
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(directory.resolve(file));
        assertThat(text).contains(from);
        write(file, text.replace(from, to));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
        if (!file.equals(Manifest.FILE)) {
            SampleBundle.seal(directory);
        }
    }

    private void refused(String message) {
        Surroundings before = Surroundings.of(folder);
        Refusal.of(() -> Bundle.open(directory), message);
        before.requireUntouched();
    }
}
