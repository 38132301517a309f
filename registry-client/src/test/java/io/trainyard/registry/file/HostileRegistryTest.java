package io.trainyard.registry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Refusal;
import io.trainyard.registry.Surroundings;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events, links and stored files that would have a registry read or write what is not its own. */
class HostileRegistryTest {
    @TempDir
    private Path folder;

    private Path root;
    private Path bundle;
    private Path outside;

    @BeforeEach
    void makeOutside() throws IOException {
        root = folder.resolve("registry");
        bundle = folder.resolve("bundle");
        SampleBundle.write(bundle, "booster");
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "precious");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "champion"     | "../../x"                | Cannot use '../../x' as an alias
            "champion"     | "latest"                 | Cannot use 'latest' as an alias
            "version" : 1  | "version" : 0            | does not follow from those before
            "version" : 1  | "version" : -1           | does not follow from those before
            "version" : 1  | "version" : 2            | does not follow from those before
            "version" : 1  | "version" : 4294967297   | 'version' must be a whole number below 2^31
            "version" : 1  | "version" : "1"          | 'version' must be a whole number below 2^31
            "previous" : 0 | "previous" : 1           | does not follow from those before
            "number" : 2   | "number" : 1             | it says that it is event 1
            "promoted"     | "evil"                   | has the unknown type 'evil'
            "format" : 1   | "format" : 2             | it has format 2
            "reason"       | "at" : 1, "reason"       | Duplicate field 'at'
            """)
    void aPromotionThatWasTamperedWithIsRefused(String from, String to, String message) throws IOException {
        register("f1");
        registry().promote("fraud", "champion", 1, 0, "x");
        edit(event(2), from, to);

        refused(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "model" : "fraud"   | "model" : "churn"             | does not follow from those before
            "model" : "fraud"   | "model" : "../fraud"          | Cannot use '../fraud' as the name of a model
            "digest" : "        | "digest" : "../               | is not a SHA-256 digest
            "version" : 1       | "version" : 2                 | does not follow from those before
            "fingerprint" : "f1 | "fingerprint" : "             | has no fingerprint
            """)
    void aRegistrationThatWasTamperedWithIsRefused(String from, String to, String message) throws IOException {
        register("f1");
        edit(event(1), from, to);

        refused(message);
    }

    @Test
    void anEventThatIsNotUtf8IsRefused() throws IOException {
        register("f1");
        Files.write(event(1), new byte[] {'{', (byte) 0xc0, (byte) 0x80, '}'});

        refused("it is not UTF-8 text");
    }

    @Test
    void anEventThatWouldFillTheMemoryIsNotRead() throws IOException {
        register("f1");
        try (RandomAccessFile file = new RandomAccessFile(event(1).toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        refused("it has more than 67108864 bytes");
    }

    @Test
    void anEventThatNestsEndlesslyIsRefused() throws IOException {
        register("f1");
        Files.writeString(event(1), "[".repeat(1_000_000));

        refused("not valid JSON");
    }

    @Test
    void aPlaceThatLeadsElsewhereIsNotFollowed() throws IOException {
        ModelVersion version = register("f1");
        edit(event(1), version.location(), "../../outside");
        ModelVersion hostile = registry().version("fraud", 1).orElseThrow();

        registry().fetch(hostile, folder.resolve("fetched"));

        assertThat(Bundle.open(folder.resolve("fetched")).digest()).isEqualTo(version.digest());
        Files.delete(root.resolve(version.location()).resolve("manifest.json"));
        assertThatThrownBy(() -> registry().fetch(hostile, folder.resolve("again")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(root.resolve(version.location()).toUri().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "models/fraud", "models/fraud/bundles", "models/fraud/events", ".staging"})
    void aLinkThatLeadsOutIsNotWrittenThrough(String path) throws IOException {
        Path link = root.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Files.createDirectory(outside.resolve("empty")));
        Surroundings before = Surroundings.of(outside);

        Refusal.of(() -> registry().register("fraud", bundle, "f1", Map.of()), "it leads out of " + root);
        before.requireUntouched();
    }

    @Test
    void aRegistryWhoseRootIsALinkIsOne() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Files.createSymbolicLink(root, disk);

        assertThat(register("f1").number()).isEqualTo(1);
        assertThat(disk.resolve("models/fraud/events/00000001.json")).exists();
    }

    @Test
    void aStoredFileThatGrewIsNotFetchedToItsEnd() throws IOException {
        ModelVersion version = register("f1");
        Path model = root.resolve(version.location()).resolve("model.ubj");
        try (RandomAccessFile file = new RandomAccessFile(model.toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        Surroundings before = Surroundings.of(folder);

        Refusal.of(
                () -> registry().fetch(version, folder.resolve("fetched")),
                "Cannot fetch %s: it is larger than 7 bytes".formatted(model.toUri()));
        before.requireUntouched();
    }

    @Test
    void aStoredManifestThatListsAPathOutsideIsRefused() throws IOException {
        ModelVersion version = register("f1");
        edit(root.resolve(version.location()).resolve("manifest.json"), "model.ubj", "../../../../outside/file");
        Surroundings before = Surroundings.of(folder);

        Refusal.of(() -> registry().fetch(version, folder.resolve("fetched")), "is no path in a bundle");
        before.requireUntouched();
    }

    private void refused(String message) {
        Surroundings before = Surroundings.of(folder);
        Refusal.of(() -> registry().model("fraud"), message);
        Refusal.of(() -> registry().register("fraud", bundle, "f2", Map.of()), message);
        Refusal.of(() -> registry().promote("fraud", "champion", 1, 0, "x"), message);
        before.requireUntouched();
    }

    private PathRegistry registry() {
        return new PathRegistry(new LocalStorage(root), Clock.systemUTC(), "alice");
    }

    private ModelVersion register(String fingerprint) {
        return registry().register("fraud", bundle, fingerprint, Map.of());
    }

    private Path event(int number) {
        return root.resolve("models/fraud/events/%08d.json".formatted(number));
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
