package io.trainyard.registry.bundle;

import io.trainyard.registry.StoredText;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.EncodingJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A saved model in a local directory, verified.
 *
 * <pre>
 *   MLmodel  requirements.txt  python_env.yaml      what Python's MLflow reads
 *   encoding.json                                   raw values to numbers
 *   trainyard.json                                  lineage and scores
 *   model.ubj, or sparkml/…                         the model
 *   input_example.json                              a row of typical values, encoded
 *   card.md  card.html                              what there is to know of it, for people
 *   calibration.json                                what makes probabilities of its margins, if it does not itself
 *   manifest.json                                   size and SHA-256 of every file
 *   manifest.sig                                    who made it, if it was signed
 * </pre>
 *
 * Further files, such as a profile of the training data, are part of the bundle when they are there when it is
 * written.
 *
 * @param directory where it is
 * @param manifest what it holds
 * @param encoding how its inputs are encoded
 * @param metadata its lineage and scores
 * @param flavor the kind of model
 * @param calibration of a booster's margins; empty where the model's own probabilities count
 */
public record Bundle(
        Path directory,
        Manifest manifest,
        Encoding encoding,
        BundleMetadata metadata,
        Flavor flavor,
        Optional<Calibration> calibration) {
    static final String ENCODING = "encoding.json";
    static final String METADATA = "trainyard.json";

    /**
     * Opens the bundle in {@code directory} after holding every file to the manifest, and the classes that a Spark ML
     * model names to those that are safe to load.
     *
     * @throws BundleException naming the file that is damaged, missing, or should not be there
     * @throws UncheckedIOException when a file cannot be read
     */
    public static Bundle open(Path directory) {
        return opened(directory, (folder, files, manifest) -> {});
    }

    /**
     * As {@link #open(Path)}, and only what one of the trusted keys has signed.
     *
     * @throws BundleException also when the bundle is not signed, or not by one of these keys
     */
    public static Bundle open(Path directory, TrustedKeys trusted) {
        return opened(directory, trusted::require);
    }

    /** The digest of the whole bundle. */
    public String digest() {
        return manifest.digest();
    }

    /** The model's file or directory. */
    public Path model() {
        return directory.resolve(flavor.model());
    }

    /** The signature's file, if the bundle is signed by anybody. */
    public Optional<Path> signature() {
        return Optional.of(directory.resolve(ManifestSignature.FILE))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** The name of the signature's file in every bundle that has one. */
    public static String signatureFile() {
        return ManifestSignature.FILE;
    }

    /**
     * Whether {@code MLmodel} says what the model takes and gives, as some registries ask for. MLflow calls that a signature; it is not
     * {@link #signature the one} that says who made the bundle.
     *
     * @throws UncheckedIOException when the file cannot be read
     */
    public boolean hasModelSignature() {
        try {
            BundleFiles files = new BundleFiles(directory);
            return files.has(MlflowFiles.MODEL) && MlflowFiles.hasSignature(text(directory, files, MlflowFiles.MODEL));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read bundle " + directory, e);
        }
    }

    /** Looks at the bytes of a manifest before anything in it is believed. */
    @FunctionalInterface
    private interface Trust {
        void require(Path directory, BundleFiles files, byte[] manifest) throws IOException;
    }

    private static Bundle opened(Path directory, Trust trust) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException(
                    directory,
                    Files.isDirectory(directory)
                            ? "it is a link; give the directory that it leads to"
                            : "there is no such directory");
        }
        try {
            BundleFiles files = new BundleFiles(directory);
            byte[] manifest = files.bytes(Manifest.FILE);
            trust.require(directory, files, manifest);
            return opened(directory, files, manifest(directory, manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read bundle " + directory, e);
        }
    }

    private static Bundle opened(Path directory, BundleFiles files, Manifest manifest) throws IOException {
        files.verify(manifest);
        SparkMetadata.check(directory, files);
        Encoding encoding = EncodingJson.read(what(directory, ENCODING), text(directory, files, ENCODING));
        Flavor flavor = Flavor.of(directory);
        return new Bundle(
                directory,
                manifest,
                encoding,
                MetadataJson.read(what(directory, METADATA), text(directory, files, METADATA)),
                flavor,
                calibration(directory, files, encoding, flavor));
    }

    private static Optional<Calibration> calibration(
            Path directory, BundleFiles files, Encoding encoding, Flavor flavor) throws IOException {
        if (!files.has(Calibration.FILE)) {
            return Optional.empty();
        }
        if (flavor != Flavor.XGBOOST || encoding.target().classes().size() != 2) {
            throw new BundleException(
                    directory,
                    "file '%s' is for a booster of two classes, and the model is none; register the model again"
                            .formatted(Calibration.FILE));
        }
        return Optional.of(
                Calibration.read(what(directory, Calibration.FILE), text(directory, files, Calibration.FILE)));
    }

    static Manifest manifest(Path directory, byte[] bytes) {
        String what = what(directory, Manifest.FILE);
        return ManifestJson.read(what, StoredText.of(what, bytes));
    }

    private static String text(Path directory, BundleFiles files, String file) throws IOException {
        return StoredText.of(what(directory, file), files.bytes(file));
    }

    private static String what(Path directory, String file) {
        return "%s of bundle %s".formatted(file, directory);
    }
}
