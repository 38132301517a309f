package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.Golden;
import io.trainyard.registry.Refusal;
import io.trainyard.registry.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleSignatureTest {
    @TempDir
    private Path folder;

    private Path directory;
    private Bundle bundle;
    private KeyFiles alice;

    @BeforeEach
    void writeBundle() throws IOException {
        directory = folder.resolve("bundle");
        bundle = SampleBundle.write(directory, "booster");
        alice = KeyFiles.create(folder, "alice");
    }

    @Test
    void whatATrustedKeyHasSignedIsOpened() {
        String digest = bundle.digest();
        assertThat(bundle.signature()).isEmpty();

        alice.signer().sign(bundle);

        Bundle signed = Bundle.open(directory, alice.trusted());
        assertThat(signed.digest()).isEqualTo(digest);
        assertThat(signed.signature()).contains(directory.resolve("manifest.sig"));
        assertThat(signed.manifest().files()).extracting(Manifest.Entry::path).doesNotContain("manifest.sig");
        assertThat(Bundle.open(directory)).isEqualTo(bundle);
    }

    @Test
    void oneOfSeveralTrustedKeysIsEnough() throws IOException {
        KeyFiles bob = KeyFiles.create(folder, "bob");
        bob.signer().sign(bundle);

        assertThat(Bundle.open(directory, TrustedKeys.read(List.of(alice.open(), bob.open()))))
                .isEqualTo(bundle);
    }

    @Test
    void aKeyIsKnownByTheDigestOfItsPublicForm() throws IOException {
        byte[] encoded = PemKeys.publicKey(alice.open()).getEncoded();

        assertThat(alice.signer().key()).isEqualTo(Sha256.of(new ByteArrayInputStream(encoded)));
    }

    @Test
    void anUnsignedBundleIsRefused() {
        refused("it has no 'manifest.sig', and only what one of the keys [%s] has signed is trusted"
                .formatted(alice.signer().key()));
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        KeyFiles bob = KeyFiles.create(folder, "bob");
        bob.signer().sign(bundle);

        refused("it is signed by the key %s, and trusted are [%s]"
                .formatted(bob.signer().key(), alice.signer().key()));
    }

    @Test
    void anotherKeyUnderATrustedOnesNameIsRefused() throws IOException {
        KeyFiles bob = KeyFiles.create(folder, "bob");
        bob.signer().sign(bundle);
        edit(bob.signer().key(), alice.signer().key());

        refused("its manifest is not what the key %s has signed"
                .formatted(alice.signer().key()));
    }

    @Test
    void theSignatureOfAnotherBundleIsRefused() throws IOException {
        alice.signer().sign(SampleBundle.write(folder.resolve("other"), "other booster"));
        Files.copy(folder.resolve("other/manifest.sig"), directory.resolve("manifest.sig"));

        refused("its manifest is not what the key");
    }

    @Test
    void aManifestThatWasWrittenAnewIsRefused() throws IOException {
        alice.signer().sign(bundle);
        Files.writeString(directory.resolve("model.ubj"), "Booster");
        SampleBundle.seal(directory);

        assertThat(Bundle.open(directory).model()).hasContent("Booster");
        refused("its manifest is not what the key");
    }

    @Test
    void aFileThatWasChangedIsRefused() throws IOException {
        alice.signer().sign(bundle);
        Files.writeString(directory.resolve("model.ubj"), "Booster");

        refused("file 'model.ubj' has digest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "Ed25519"     | "RSA"             | it is by the algorithm 'RSA', and only Ed25519 is known
            "format" : 1  | "format" : 2      | it has format 2
            "key" : "     | "key" : "../      | is not a SHA-256 digest
            "signature" : "| "signature" : "0 | is no signature (128 hexadecimal digits)
            {             | [                 | not valid JSON
            """)
    void aSignatureThatIsNoneIsRefused(String from, String to, String message) throws IOException {
        alice.signer().sign(bundle);
        edit(from, to);

        refused(message);
    }

    @Test
    void aSignatureOfZerosIsRefused() throws IOException {
        alice.signer().sign(bundle);
        String text = Files.readString(directory.resolve("manifest.sig"));
        Files.writeString(directory.resolve("manifest.sig"), text.replaceAll("[0-9a-f]{128}", "0".repeat(128)));

        refused("its manifest is not what the key");
    }

    @Test
    void aBundleThatIsWrittenAgainIsNotSigned() {
        alice.signer().sign(bundle);

        assertThat(BundleWriter.write(directory, SampleBundle.ENCODING, SampleBundle.METADATA)
                        .signature())
                .isEmpty();
    }

    @Test
    void aBundleThatHasChangedIsNotSigned() throws IOException {
        Files.writeString(directory.resolve("model.ubj"), "Booster");
        Refusal.of(() -> alice.signer().sign(bundle), "file 'model.ubj' has digest");
        SampleBundle.seal(directory);

        Refusal.of(() -> alice.signer().sign(bundle), "its manifest has changed since it was opened");
        assertThat(directory.resolve("manifest.sig")).doesNotExist();
    }

    @Test
    void keysThatAreNoneAreNamed() throws IOException {
        KeyFiles rsa = KeyFiles.create(folder, "rsa", "RSA");
        KeyFiles bob = KeyFiles.create(folder, "bob");
        Path two = folder.resolve("two.pem");
        Files.writeString(two, Files.readString(alice.open()) + Files.readString(bob.open()));

        Refusal.of(
                rsa::trusted,
                "Cannot read key %s: it holds no public key of Ed25519; make one by".formatted(rsa.open()));
        Refusal.of(rsa::signer, "it holds no public key of Ed25519");
        Refusal.of(() -> BundleSigner.read(rsa.secret(), alice.open()), "it holds no private key of Ed25519");
        Refusal.of(() -> BundleSigner.read(bob.secret(), alice.open()), "they are no pair");
        Refusal.of(() -> BundleSigner.read(alice.open(), alice.open()), "it has no '-----BEGIN PRIVATE KEY-----'");
        Refusal.of(() -> TrustedKeys.read(List.of(two)), "it holds more than one key");
        Refusal.of(() -> TrustedKeys.read(List.of()), "Cannot trust no key at all");
    }

    /** Key and signature are by OpenSSL. */
    @Test
    void theStoredFormStays() throws IOException {
        Path key = Files.writeString(folder.resolve("signer.pem"), Golden.text("signer-1.public.pem"));
        ManifestSignature signature = ManifestSignature.read("manifest.sig", Golden.text("manifest-1.sig"));
        byte[] manifest = Golden.text("manifest-1.json").getBytes(StandardCharsets.UTF_8);

        assertThat(signature.key()).isEqualTo(TrustedKeys.id(PemKeys.publicKey(key)));
        assertThat(signature.isBy(PemKeys.publicKey(key), manifest)).isTrue();
        assertThat(signature.write()).isEqualTo(Golden.text("manifest-1.sig"));
    }

    private void edit(String from, String to) throws IOException {
        Path file = directory.resolve("manifest.sig");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void refused(String message) {
        Refusal.of(() -> Bundle.open(directory, alice.trusted()), message);
    }
}
