package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.Refusal;
import io.trainyard.registry.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that list what they must not. */
class HostileManifestTest {
    @TempDir
    private Path folder;

    private Path directory;
    private Path manifest;

    @BeforeEach
    void writeBundle() {
        directory = folder.resolve("bundle");
        manifest = directory.resolve(Manifest.FILE);
        SampleBundle.write(directory, "booster");
    }

    static Stream<String> paths() {
        return Stream.of(
                "..",
                "../model.ubj",
                "a/../../model.ubj",
                "./model.ubj",
                "/etc/passwd",
                "//server/share",
                "C:/model.ubj",
                "C:model.ubj",
                "~/model.ubj",
                "a//b",
                "a/",
                "a\\\\..\\\\b",
                "%2e%2e/model.ubj",
                "..%2fmodel.ubj",
                "a?b",
                ".hidden",
                "",
                "model.ubj ",
                "model.ubj.",
                "a./model.ubj",
                "con",
                "NUL.txt",
                "a/aux/b",
                "Com1.json",
                "m\\u0000del.ubj",
                "model.ubj\\n",
                "m\\u043edel.ubj",
                "\\uff0e\\uff0e/model.ubj",
                "ubj.\\u202eledom",
                "\\ud83d",
                "a".repeat(256),
                "a".repeat(1_000_000),
                "a/".repeat(600) + "b");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aPathThatIsNotPlainEverywhereIsRefused(String path) throws IOException {
        edit("model.ubj", path);

        refused("is no path in a bundle");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MLmodel       | encoding.json | the file 'encoding.json' is listed twice
            MLmodel       | Encoding.json | the files 'Encoding.json' and 'encoding.json' are one where case does not count
            MLmodel       | manifest.json | a manifest does not list 'manifest.json'
            MLmodel       | Manifest.JSON | the files 'manifest.json' and 'Manifest.JSON' are one
            MLmodel       | manifest.sig  | a manifest does not list 'manifest.sig'
            MLmodel       | model.ubj/a   | 'model.ubj' is a file, and the folder of the file 'model.ubj/a'
            MLmodel       | Model.ubj/a/b | 'model.ubj' is a file, and the folder of the file 'Model.ubj/a/b'
            """)
    void pathsThatNoDirectoryHasSideBySideAreRefused(String listed, String hostile, String message) throws IOException {
        edit("\"path\" : \"%s\"".formatted(listed), "\"path\" : \"%s\"".formatted(hostile));

        refused(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "18446744073709551623", "7.0", "\"7\"", "1e400", "1e999999999", "null", "true", "[7]", "{}"
            })
    void aSizeThatIsNoneIsRefused(String bytes) throws IOException {
        edit("\"bytes\" : 7,", "\"bytes\" : %s,".formatted(bytes));

        refused(bytes.equals("-1") ? "the file 'model.ubj' has -1 bytes" : "'bytes' must be a whole number below 2^63");
    }

    @Test
    void aSizeOfAThousandDigitsAndMoreIsRefused() throws IOException {
        edit("\"bytes\" : 7,", "\"bytes\" : %s,".formatted("9".repeat(5_000)));

        refused("not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../../../etc/passwd", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"})
    void aDigestThatIsNoneIsRefused(String digest) throws IOException {
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceAll("\"sha256\" : \"[0-9a-f]+\"", "\"sha256\" : \"" + digest + "\""));

        refused("is not a SHA-256 digest");
    }

    @Test
    void filesThatAreNotListedAreRefusedWhateverTheirNames() throws IOException {
        Files.createFile(directory.resolve("model.ubj\u001b[2J"));

        refused("model.ubj\\u001b[2J' is no path in a bundle");
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        Files.writeString(manifest, text.replace(from, to));
    }

    private void refused(String message) {
        Surroundings before = Surroundings.of(folder);
        Refusal.of(() -> Bundle.open(directory), message);
        before.requireUntouched();
    }
}
