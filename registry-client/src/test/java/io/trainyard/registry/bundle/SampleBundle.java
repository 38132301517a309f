package io.trainyard.registry.bundle;

import io.trainyard.registry.Lineage;
import io.trainyard.registry.Score;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature.CategoryFeature;
import io.trainyard.registry.encoding.Feature.NumberFeature;
import io.trainyard.registry.encoding.Target.ClassTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small bundles for tests. */
public final class SampleBundle {
    public static final Encoding ENCODING = new Encoding(
            List.of(new NumberFeature("amount"), new CategoryFeature("Ort ä", List.of("Zürich", "Bern"))),
            new ClassTarget("is_fraud", List.of("false", "true")));

    public static final Lineage LINEAGE = new Lineage(
            List.of(new Lineage.Input("file:/warehouse/transactions", "12", "5f2c")),
            "card-fraud",
            17,
            7,
            "xgboost",
            Map.of("eta", "0.1", "max_depth", "6"),
            "0123abc",
            Map.of("java", "17.0.15", "spark", "3.5.6-amzn-0", "xgboost", "3.1.1"),
            Instant.parse("2026-01-01T00:00:00Z"));

    public static final BundleMetadata METADATA = new BundleMetadata(
            LINEAGE, List.of(new Score("average_precision", 0.5, 0.375, 0.625), Score.of("log_loss", Double.NaN)));

    private SampleBundle() {}

    /** A bundle of a booster whose bytes are {@code model}, in the new directory {@code directory}. */
    public static Bundle write(Path directory, String model) {
        file(directory, "model.ubj", model);
        return BundleWriter.write(directory, ENCODING, METADATA);
    }

    /** Makes the manifest fit whatever files there are, as an attacker would. */
    public static void seal(Path directory) throws IOException {
        Files.writeString(directory.resolve(Manifest.FILE), ManifestJson.write(new BundleFiles(directory).manifest()));
    }

    /** Writes one file of a bundle in the making, and the folders above it. */
    static void file(Path directory, String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
