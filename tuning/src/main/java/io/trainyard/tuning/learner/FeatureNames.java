package io.trainyard.tuning.learner;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The names of a booster's features, as its model file keeps them. */
final class FeatureNames {
    private FeatureNames() {}

    /**
     * Names the features. XGBoost4J takes as many bytes of a name as the name has characters, so that one with an umlaut would lose its
     * end, and the model its readability to others: as many characters as are missing follow each name, of which nothing is taken.
     */
    static void set(Booster booster, String[] names) throws XGBoostError {
        booster.setFeatureNames(Arrays.stream(names).map(FeatureNames::padded).toArray(String[]::new));
    }

    private static String padded(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return name + " ".repeat(bytes - name.length());
    }
}
