package io.trainyard.registry.bundle;

import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.EncodingJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A saved model in a local directory, verified.
 *
 * <pre>
 *   MLmodel  requirements.txt  python_env.yaml      what Python's MLflow reads
 *   encoding.json                                   raw values to numbers
 *   trainyard.json                                  lineage and scores
 *   model.ubj, or sparkml/…                         the model
 *   manifest.json                                   size and SHA-256 of every file
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
 */
public record Bundle(Path directory, Manifest manifest, Encoding encoding, BundleMetadata metadata, Flavor flavor) {
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
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException(directory, "there is no such directory");
        }
        try {
            return open(directory, new BundleFiles(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read bundle " + directory, e);
        }
    }

    /** The digest of the whole bundle. */
    public String digest() {
        return manifest.digest();
    }

    /** The model's file or directory. */
    public Path model() {
        return directory.resolve(flavor.model());
    }

    private static Bundle open(Path directory, BundleFiles files) throws IOException {
        Manifest manifest = ManifestJson.read(what(directory, Manifest.FILE), files.text(Manifest.FILE));
        files.verify(manifest);
        SparkMetadata.check(directory, files);
        return new Bundle(
                directory,
                manifest,
                EncodingJson.read(what(directory, ENCODING), files.text(ENCODING)),
                MetadataJson.read(what(directory, METADATA), files.text(METADATA)),
                Flavor.of(directory));
    }

    private static String what(Path directory, String file) {
        return "%s of bundle %s".formatted(file, directory);
    }
}
