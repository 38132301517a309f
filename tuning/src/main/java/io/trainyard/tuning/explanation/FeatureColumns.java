package io.trainyard.tuning.explanation;

import java.io.Serializable;

/**
 * A feature and the encoded columns that were made of it, which stand beside each other.
 *
 * @param first the first column, from 0
 * @param count how many there are
 */
public record FeatureColumns(String feature, int first, int count) implements Serializable {
    public FeatureColumns {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException(
                    "Feature '%s' with %d columns from %d on".formatted(feature, count, first));
        }
    }
}
