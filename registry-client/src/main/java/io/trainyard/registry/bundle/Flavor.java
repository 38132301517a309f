package io.trainyard.registry.bundle;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What kind of model a bundle holds. Its name and place in the bundle are fixed: MLflow's loaders look there. */
public enum Flavor {
    /** A booster of XGBoost in its binary JSON, with the names of the encoded columns as its feature names. */
    XGBOOST("model.ubj"),
    /** A {@code PipelineModel} of Spark ML over the encoded columns. */
    SPARK("sparkml");

    private final String model;

    Flavor(String model) {
        this.model = model;
    }

    /** The model's file or directory, relative to the bundle. */
    public String model() {
        return model;
    }

    static Flavor of(Path directory) {
        List<Flavor> found = Arrays.stream(values())
                .filter(flavor -> Files.exists(flavor.in(directory), LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (found.size() != 1) {
            throw new BundleException(
                    directory, "it must hold one model, either 'model.ubj' or 'sparkml', and holds " + found);
        }
        Flavor flavor = found.get(0);
        if (Files.isDirectory(flavor.in(directory), LinkOption.NOFOLLOW_LINKS) != (flavor == SPARK)) {
            throw new BundleException(
                    directory,
                    "'%s' must be a %s; register the model again"
                            .formatted(flavor.model, flavor == SPARK ? "folder" : "file"));
        }
        return flavor;
    }

    private Path in(Path directory) {
        return directory.resolve(model);
    }
}
