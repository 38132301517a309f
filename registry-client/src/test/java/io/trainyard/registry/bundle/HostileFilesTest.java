package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.Refusal;
import io.trainyard.registry.Surroundings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a bundle that are links, or no text, or too large. The manifest fits them: whoever attacks can compute digests. */
class HostileFilesTest {
    private static final long TOO_LARGE = (64 << 20) + 1;

    @TempDir
    private Path folder;

    private Path directory;
    private Path outside;

    @BeforeEach
    void writeBundle() throws IOException {
        directory = folder.resolve("bundle");
        SampleBundle.write(directory, "booster");
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.ubj", "MLmodel", "extra", ".model.ubj.crc", "manifest.sig", "encoding.json", "a/b"})
    void aLinkToAFileOutsideIsNeitherReadNorWritten(String path) throws IOException {
        link(path, outside.resolve("file"));

        refused("file '%s' is a link".formatted(path));
        Surroundings before = Surroundings.of(folder);
        Refusal.of(
                () -> BundleWriter.write(directory, SampleBundle.ENCODING, SampleBundle.METADATA),
                "file '%s' is a link".formatted(path));
        before.requireUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sparkml", "a", "a/b", ".a.crc"})
    void aLinkToAFolderOutsideIsRefused(String path) throws IOException {
        link(path, outside);

        refused("file '%s' is a link".formatted(path));
    }

    @Test
    void aLinkToWhatIsNotThereIsRefused() throws IOException {
        link("extra", outside.resolve("nothing"));

        refused("file 'extra' is a link");
    }

    @Test
    void aLinkInPlaceOfTheManifestIsNotWrittenThrough() throws IOException {
        link(Manifest.FILE, outside.resolve("file"));

        refused("file 'manifest.json' is no plain file");
        Surroundings before = Surroundings.of(outside);
        Refusal.of(
                () -> BundleWriter.write(directory, SampleBundle.ENCODING, SampleBundle.METADATA),
                "file 'manifest.json' is a link");
        before.requireUntouched();
    }

    @Test
    void aLinkInPlaceOfTheBundleIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), directory);

        Refusal.of(() -> Bundle.open(link), "it is a link; give the directory that it leads to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "encoding.json", "trainyard.json"})
    void whatIsNotUtf8IsRefused(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(file));
        bytes[bytes.length / 2] = (byte) 0xff;
        write(file, bytes);

        refused("Cannot read %s of bundle %s: it is not UTF-8 text".formatted(file, directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "encoding.json", "trainyard.json"})
    void utf16IsRefused(String file) throws IOException {
        write(file, Files.readString(directory.resolve(file)).getBytes(StandardCharsets.UTF_16));

        refused("Cannot read %s of bundle %s: it is not UTF-8 text".formatted(file, directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "encoding.json", "trainyard.json"})
    void aByteOrderMarkIsRefused(String file) throws IOException {
        write(file, ("\ufeff" + Files.readString(directory.resolve(file))).getBytes(StandardCharsets.UTF_8));

        refused("Cannot read %s of bundle %s: not valid JSON".formatted(file, directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "encoding.json", "trainyard.json"})
    void aDocumentThatIsCutOffIsRefused(String file) throws IOException {
        String text = Files.readString(directory.resolve(file));
        write(file, text.substring(0, text.length() / 2).getBytes(StandardCharsets.UTF_8));

        refused("Cannot read %s of bundle %s: not valid JSON".formatted(file, directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "encoding.json", "trainyard.json"})
    void anEmptyDocumentIsRefused(String file) throws IOException {
        write(file, new byte[0]);

        refused("Cannot read %s of bundle %s: it has no number 'format'".formatted(file, directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "encoding.json", "trainyard.json"})
    void aDocumentThatWouldFillTheMemoryIsNotRead(String file) throws IOException {
        resize(file);

        refused("file '%s' has 67108865 bytes, more than 67108864".formatted(file));
    }

    @Test
    void aLargeFileThatNobodyReadsIsHarmless() throws IOException {
        resize("MLmodel");

        assertThat(Bundle.open(directory).manifest().files().get(0).bytes()).isEqualTo(TOO_LARGE);
    }

    @Test
    void aFileOfAnotherSizeThanListedIsNotReadToItsEnd() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("model.ubj").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        refused("file 'model.ubj' has 1099511627776 bytes, expected 7");
    }

    @Test
    void aFolderInPlaceOfABoosterIsRefused() throws IOException {
        Files.delete(directory.resolve("model.ubj"));
        SampleBundle.file(directory, "model.ubj/part", "booster");
        seal();

        refused("'model.ubj' must be a file");
    }

    @Test
    void aFileInPlaceOfAPipelineIsRefused() throws IOException {
        Files.delete(directory.resolve("model.ubj"));
        SampleBundle.file(directory, "sparkml", "booster");
        seal();

        refused("'sparkml' must be a folder");
    }

    private void link(String path, Path to) throws IOException {
        Path link = directory.resolve(path);
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, to);
    }

    private void write(String file, byte[] bytes) throws IOException {
        Files.write(directory.resolve(file), bytes);
        if (!file.equals(Manifest.FILE)) {
            seal();
        }
    }

    private void resize(String path) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve(path).toFile(), "rw")) {
            file.setLength(TOO_LARGE);
        }
        if (!path.equals(Manifest.FILE)) {
            seal();
        }
    }

    private void seal() throws IOException {
        SampleBundle.seal(directory);
    }

    private void refused(String message) {
        Surroundings before = Surroundings.of(folder);
        Refusal.of(() -> Bundle.open(directory), message);
        before.requireUntouched();
    }
}
