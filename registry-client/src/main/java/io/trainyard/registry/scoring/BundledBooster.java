package io.trainyard.registry.scoring;

import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleException;
import io.trainyard.registry.bundle.Flavor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The booster of a bundle. */
final class BundledBooster {
    /** Far above any model of ours; its trees are a few times as large in memory. */
    private static final long LARGEST = 1L << 30;

    private BundledBooster() {}

    static BoostedTrees read(Bundle bundle) {
        if (bundle.flavor() != Flavor.XGBOOST) {
            throw new BundleException(
                    bundle.directory(),
                    "it holds a model of Spark ML, which needs Spark; score it with trainyard score, or train with the "
                            + "learner xgboost");
        }
        try {
            BoostedTrees booster = new BoosterReader(bundle.encoding()).read(bytes(bundle));
            return bundle.calibration()
                    .map(calibration ->
                            booster.with((scores, from, width) -> scores[from] = calibration.probability(scores[from])))
                    .orElse(booster);
        } catch (ModelFileException e) {
            throw new BundleException(
                    bundle.directory(),
                    "file '%s': %s".formatted(bundle.flavor().model(), e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read bundle " + bundle.directory(), e);
        }
    }

    private static byte[] bytes(Bundle bundle) throws IOException {
        long size = Files.size(bundle.model());
        if (size > LARGEST) {
            throw new ModelFileException(
                    "it has %d bytes, more than %d; train with fewer or smaller trees".formatted(size, LARGEST));
        }
        return Files.readAllBytes(bundle.model());
    }
}
