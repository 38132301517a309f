package io.trainyard.jobs.run;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import java.io.IOException;

/** A version that scores: its model, and what that takes of a row. */
record ScoringModel(ModelVersion version, Scorer scorer, FeatureExpressions features) {
    /** @throws JobException if the pipeline's views are not those that it was trained with */
    static ScoringModel open(JobContext context, ModelVersion version) throws IOException {
        try (FetchedBundle fetched = context.fetch(version)) {
            Bundle bundle = fetched.bundle();
            FeatureExpressions features = FeatureExpressions.read(bundle);
            features.requireViews(version, context.pipeline());
            return new ScoringModel(
                    version, Scorer.of(bundle, new ModelFiles(context.spark(), context.warehouse())), features);
        }
    }

    /** The same, with the contributions of features. */
    ScoringModel explaining() {
        return new ScoringModel(version, scorer.explaining(version), features);
    }
}
