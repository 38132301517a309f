package io.trainyard.registry.bundle;

import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.Score;
import java.util.List;

/**
 * What a bundle says about its model.
 *
 * @param lineage what the model was made from
 * @param scores on the test rows
 * @param importance of the features, the most important first; empty where it was not measured
 */
public record BundleMetadata(Lineage lineage, List<Score> scores, List<FeatureImportance> importance) {
    /** Copies what it is given. */
    public BundleMetadata {
        scores = List.copyOf(scores);
        importance = List.copyOf(importance);
    }

    /** Without the importance of features. */
    public BundleMetadata(Lineage lineage, List<Score> scores) {
        this(lineage, scores, List.of());
    }
}
