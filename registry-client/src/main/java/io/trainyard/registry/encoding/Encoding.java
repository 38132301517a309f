package io.trainyard.registry.encoding;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a row of named raw values becomes the floats that a model was trained on, and its label a number. A value: it
 * is stored with the model and has a fingerprint. {@link #encoder()} does the work.
 *
 * @param features in the order of the raw values
 * @param target what is predicted
 */
public record Encoding(List<Feature> features, Target target) implements Serializable {
    /** Refuses no feature, a feature that comes twice, and the label among the features. */
    public Encoding {
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("an encoding needs at least one feature");
        }
        Set<String> names = new HashSet<>(Set.of(target.label()));
        for (Feature feature : features) {
            if (!names.add(feature.name())) {
                throw new IllegalArgumentException(
                        "'%s' is a feature twice, or a feature and the label".formatted(feature.name()));
            }
        }
    }

    /** The number of encoded columns. */
    public int width() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /**
     * The names of the encoded columns: a feature's own, or {@code feature=category}. They are unique; what XGBoost
     * or MLflow refuse in a name (brackets, {@code <}, commas, white space, control characters) is an underscore.
     */
    public List<String> columns() {
        return ColumnNames.of(features);
    }

    /** XGBoost's type of each encoded column: {@code c} for a category code, {@code q} for a quantity. */
    public List<String> columnTypes() {
        return features.stream()
                .flatMap(feature -> feature instanceof Feature.OneHotFeature oneHot
                        ? oneHot.categories().stream().map(category -> "q")
                        : List.of(isCode(feature) ? "c" : "q").stream())
                .toList();
    }

    private static boolean isCode(Feature feature) {
        return feature instanceof Feature.CategoryFeature || feature instanceof Feature.NominalFeature;
    }

    /** The encoder with its look-up tables built: make one, keep it, use it from any thread. */
    public Encoder encoder() {
        return new Encoder(this);
    }

    /** Equal for equal encodings, on every platform. */
    public String fingerprint() {
        return EncodingJson.fingerprint(this);
    }
}
