package io.trainyard.registry.scoring;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.encoding.Encoder;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Raw rows on their way into the encoding: every feature is there once, nothing else is, and errors name the row. */
final class RawRows {
    private final List<String> features;
    private final Encoder encoder;

    RawRows(Encoding encoding) {
        features = encoding.features().stream().map(Feature::name).toList();
        encoder = encoding.encoder();
    }

    List<String> features() {
        return features;
    }

    /** The number of floats in an encoded row. */
    int width() {
        return encoder.width();
    }

    /** Writes an encoded row into {@code into} from {@code offset} on. */
    void encode(int row, Object[] values, float[] into, int offset) {
        if (values.length != features.size()) {
            throw refused(
                    row,
                    "it has %d values, and the model takes %d: %s".formatted(values.length, features.size(), features));
        }
        try {
            encoder.encode(values, into, offset);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    "Cannot score row %d: %s; give it as the training data had it".formatted(row, e.getMessage()), e);
        }
    }

    /** The values of a row in the order of the features. */
    Object[] values(int row, Map<String, ?> named) {
        Object[] values = new Object[features.size()];
        for (int i = 0; i < values.length; i++) {
            String feature = features.get(i);
            values[i] = named.get(feature);
            if (values[i] == null && !named.containsKey(feature)) {
                throw refused(
                        row,
                        "it has no '%s' among %s; give a missing value as null".formatted(feature, named.keySet()));
            }
        }
        if (named.size() != values.length) {
            Set<String> unknown = new HashSet<>(named.keySet());
            features.forEach(unknown::remove);
            throw refused(
                    row,
                    "it has %s, which the model does not take; leave it out, the model takes %s"
                            .formatted(unknown, features));
        }
        return values;
    }

    private static RegistryException refused(int row, String problem) {
        return new RegistryException("Cannot score row %d: %s".formatted(row, problem));
    }
}
