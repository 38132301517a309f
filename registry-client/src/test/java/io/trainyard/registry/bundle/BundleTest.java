package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.Lineage;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    @TempDir
    Path folder;

    private Path directory;

    @BeforeEach
    void writeBundle() {
        directory = folder.resolve("bundle");
        SampleBundle.file(directory, "profile.json", "{}");
        SampleBundle.write(directory, "booster");
    }

    @Test
    void whatIsWrittenIsOpened() {
        Bundle bundle = Bundle.open(directory);

        assertThat(bundle.encoding()).isEqualTo(SampleBundle.ENCODING);
        assertThat(bundle.metadata()).isEqualTo(SampleBundle.METADATA);
        assertThat(bundle.flavor()).isEqualTo(Flavor.XGBOOST);
        assertThat(bundle.model()).hasContent("booster");
        assertThat(bundle.manifest().files())
                .extracting(Manifest.Entry::path)
                .containsExactly(
                        "MLmodel",
                        "encoding.json",
                        "model.ubj",
                        "profile.json",
                        "python_env.yaml",
                        "requirements.txt",
                        "trainyard.json");
    }

    @Test
    void equalInputGivesEqualBytes() {
        Path other = folder.resolve("other");
        SampleBundle.file(other, "profile.json", "{}");

        assertThat(SampleBundle.write(other, "booster").digest())
                .isEqualTo(Bundle.open(directory).digest());
        assertThat(other.resolve(Manifest.FILE)).hasSameTextualContentAs(directory.resolve(Manifest.FILE));
        assertThat(SampleBundle.write(other, "Booster").digest())
                .isNotEqualTo(Bundle.open(directory).digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MLmodel", "encoding.json", "model.ubj", "profile.json", "requirements.txt", "trainyard.json"})
    void oneChangedByteIsNamed(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(file));
        String expected = Sha256.of(Files.newInputStream(directory.resolve(file)));
        bytes[bytes.length / 2] ^= 1;
        Files.write(directory.resolve(file), bytes);
        String found = Sha256.of(Files.newInputStream(directory.resolve(file)));

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file '%s' has digest %s, expected %s".formatted(file, found, expected));
    }

    @Test
    void aFileThatGrewIsNamed() throws IOException {
        Files.writeString(directory.resolve("model.ubj"), "booster and more");

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'model.ubj' has 16 bytes, expected 7");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(directory.resolve("model.ubj"));

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'model.ubj' is missing");
    }

    @Test
    void aMissingManifestIsNamed() throws IOException {
        Files.delete(directory.resolve(Manifest.FILE));

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'manifest.json' is missing");
    }

    @Test
    void anExtraFileIsNamed() {
        SampleBundle.file(directory, "code/evil.py", "");

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'code/evil.py' is not in the manifest");
    }

    @Test
    void hadoopsChecksumsAreNoPartOfABundle() {
        String digest = Bundle.open(directory).digest();
        SampleBundle.file(directory, ".model.ubj.crc", "crc");

        assertThat(Bundle.open(directory).digest()).isEqualTo(digest);
        assertThat(BundleWriter.write(directory, SampleBundle.ENCODING, SampleBundle.METADATA)
                        .digest())
                .isEqualTo(digest);
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "booster");
        Files.delete(directory.resolve("model.ubj"));
        Files.createSymbolicLink(directory.resolve("model.ubj"), outside);

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'model.ubj' is a link");
    }

    @Test
    void aLinkToADirectoryIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("sparkml"), Files.createDirectory(folder.resolve("outside")));

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'sparkml' is a link");
    }

    @Test
    void aLinkInPlaceOfTheManifestIsRefused() throws IOException {
        Path manifest = directory.resolve(Manifest.FILE);
        Files.createSymbolicLink(manifest, Files.move(manifest, folder.resolve("outside")));

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'manifest.json' is no plain file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.ubj", "/etc/passwd", "a/../../b", "a//b", "a\\\\b", "%2e%2e/b", ".hidden", ""})
    void aPathThatCouldLeadOutIsRefused(String path) throws IOException {
        Path manifest = directory.resolve(Manifest.FILE);
        Files.writeString(manifest, Files.readString(manifest).replace("model.ubj", path));

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("manifest.json")
                .hasMessageContaining("is no path in a bundle");
    }

    @Test
    void aManifestWhoseDigestIsNotItsOwnIsRefused() throws IOException {
        Path manifest = directory.resolve(Manifest.FILE);
        String digest = Bundle.open(directory).digest();
        Files.writeString(manifest, Files.readString(manifest).replace(digest, Sha256.of("")));

        assertThatThrownBy(() -> Bundle.open(directory))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("its files have digest %s".formatted(digest));
    }

    @Test
    void aBundleHoldsOneModel() throws IOException {
        SampleBundle.file(directory, "sparkml/metadata/part-00000", "{}");
        assertThatThrownBy(() -> SampleBundle.write(directory, "booster"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("it must hold one model")
                .hasMessageContaining("[XGBOOST, SPARK]");

        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> BundleWriter.write(empty, SampleBundle.ENCODING, SampleBundle.METADATA))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("holds []");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Bundle.open(folder.resolve("nowhere")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("nowhere: there is no such directory");
    }

    @Test
    void theEnvironmentMustSayTheLibrary() {
        BundleMetadata metadata = new BundleMetadata(
                new Lineage(List.of(), "s", 0, 0, "xgboost", Map.of(), "c", Map.of(), SampleBundle.LINEAGE.asOf()),
                List.of());

        assertThatThrownBy(() -> BundleWriter.write(directory, SampleBundle.ENCODING, metadata))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the version of 'xgboost'");
    }
}
