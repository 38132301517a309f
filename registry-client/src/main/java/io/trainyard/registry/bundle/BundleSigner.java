package io.trainyard.registry.bundle;

import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;

/** Signs bundles by Ed25519, for those who open them with {@link TrustedKeys}. Usable from any thread. */
public final class BundleSigner {
    private final PrivateKey key;
    private final String id;

    private BundleSigner(PrivateKey key, String id) {
        this.key = key;
        this.id = id;
    }

    /**
     * A signer with the two keys of a pair, in PEM files as OpenSSL writes them.
     *
     * @param privateKey in PKCS#8 form, without a password
     * @param publicKey in X.509 form
     * @throws RegistryException when one is no key of Ed25519, or they are no pair
     * @throws UncheckedIOException when a file cannot be read
     */
    public static BundleSigner read(Path privateKey, Path publicKey) {
        PublicKey verified = PemKeys.publicKey(publicKey);
        BundleSigner signer = new BundleSigner(PemKeys.privateKey(privateKey), TrustedKeys.id(verified));
        byte[] text = "Do they belong together?".getBytes(StandardCharsets.UTF_8);
        if (!signer.sign(text).isBy(verified, text)) {
            throw new RegistryException(
                    ("Cannot sign with the keys %s and %s: they are no pair; write the public one again by "
                                    + "'openssl pkey -in %s -pubout -out %s'")
                            .formatted(privateKey, publicKey, privateKey, publicKey));
        }
        return signer;
    }

    /** SHA-256 of the public key: what messages and signatures name it with. */
    public String key() {
        return id;
    }

    /**
     * Signs a bundle, over an earlier signature if it has one. Do it before the bundle is registered: the signature
     * travels with it.
     *
     * @throws BundleException when the bundle is no longer the one that was opened
     * @throws UncheckedIOException when a file cannot be read or written
     */
    public void sign(Bundle bundle) {
        Path directory = bundle.directory();
        BundleFiles files = new BundleFiles(directory);
        try {
            byte[] manifest = files.bytes(Manifest.FILE);
            if (!Bundle.manifest(directory, manifest).equals(bundle.manifest())) {
                throw new BundleException(directory, "its manifest has changed since it was opened; open it again");
            }
            files.verify(bundle.manifest());
            files.write(ManifestSignature.FILE, sign(manifest).write());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot sign bundle " + directory, e);
        }
    }

    private ManifestSignature sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(ManifestSignature.ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return new ManifestSignature(id, HexFormat.of().formatHex(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of Ed25519 signs whatever it is given", e);
        }
    }
}
