package io.trainyard.registry.bundle;

import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.EncodingJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Makes a bundle of a directory that holds a model. */
public final class BundleWriter {
    private BundleWriter() {}

    /**
     * Adds everything that a bundle has beside its model, the manifest last, and opens the result. Equal input gives
     * equal bytes. What an earlier attempt has left is replaced.
     *
     * @param directory holds {@code model.ubj} or {@code sparkml}, and whatever else belongs into the bundle
     * @param metadata its lineage's environment says the version of {@code xgboost} or of {@code spark}, for Python
     * @throws BundleException when there is no model or two, or a Spark ML model has a stage that is not safe to load,
     *     or a file is a link
     */
    public static Bundle write(Path directory, Encoding encoding, BundleMetadata metadata) {
        try {
            BundleFiles files = new BundleFiles(directory);
            MlflowFiles made = files.has(Calibration.FILE)
                    ? MlflowFiles.calibrated(encoding, metadata.lineage())
                    : MlflowFiles.of(Flavor.of(directory), encoding, metadata.lineage());
            MlflowFiles mlflow = files.has(InputExample.FILE) ? made.withExample() : made;
            files.paths(); // refuses links before anything is written
            files.delete(ManifestSignature.FILE); // it was over another manifest
            files.write(Bundle.ENCODING, EncodingJson.write(encoding));
            files.write(Bundle.METADATA, MetadataJson.write(metadata));
            files.write(MlflowFiles.MODEL, mlflow.model());
            files.write("requirements.txt", mlflow.requirements());
            files.write("python_env.yaml", mlflow.pythonEnvironment());
            files.write(Manifest.FILE, ManifestJson.write(files.manifest()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write bundle " + directory, e);
        }
        return Bundle.open(directory);
    }
}
