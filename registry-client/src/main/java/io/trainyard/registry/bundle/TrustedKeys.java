package io.trainyard.registry.bundle;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.StoredText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The public keys of those whose bundles may be used. Usable from any thread. */
public final class TrustedKeys {
    /** By the digests that signatures name them with. */
    private final Map<String, PublicKey> keys = new TreeMap<>();

    private TrustedKeys() {}

    /**
     * The keys in PEM files, as {@code openssl pkey -pubout} writes them.
     *
     * @throws RegistryException when there is no file, or one holds no public key of Ed25519
     * @throws UncheckedIOException when a file cannot be read
     */
    public static TrustedKeys read(List<Path> files) {
        if (files.isEmpty()) {
            throw new RegistryException(
                    "Cannot trust no key at all: give at least one file, or open bundles without trusted keys");
        }
        TrustedKeys trusted = new TrustedKeys();
        for (Path file : files) {
            PublicKey key = PemKeys.publicKey(file);
            trusted.keys.put(id(key), key);
        }
        return trusted;
    }

    static String id(PublicKey key) {
        try {
            return Sha256.of(new ByteArrayInputStream(key.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a bundle that none of the keys has signed. {@code manifest} are the bytes that are believed afterwards. */
    void require(Path directory, BundleFiles files, byte[] manifest) throws IOException {
        if (!files.has(ManifestSignature.FILE)) {
            throw new BundleException(
                    directory,
                    ("it has no '%s', and only what one of the keys %s has signed is trusted; have it signed, or fetch it "
                                    + "again if it was")
                            .formatted(ManifestSignature.FILE, keys.keySet()));
        }
        String what = "%s of bundle %s".formatted(ManifestSignature.FILE, directory);
        ManifestSignature signature =
                ManifestSignature.read(what, StoredText.of(what, files.bytes(ManifestSignature.FILE)));
        PublicKey key = keys.get(signature.key());
        if (key == null) {
            throw new BundleException(
                    directory,
                    "it is signed by the key %s, and trusted are %s; add the key if you trust who has it"
                            .formatted(signature.key(), keys.keySet()));
        }
        if (!signature.isBy(key, manifest)) {
            throw new BundleException(
                    directory,
                    ("its manifest is not what the key %s has signed: one of the two was changed; fetch the bundle again, "
                                    + "or register the model again")
                            .formatted(signature.key()));
        }
    }
}
