package io.trainyard.registry.encoding;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * How one raw value becomes one or more floats. {@link NumberFeature} and {@link CategoryFeature} are for trees,
 * which take missing values as NaN; {@link StandardizedFeature} and {@link OneHotFeature} are for linear models,
 * which cannot; {@link NominalFeature} is for trees that cannot either.
 */
public sealed interface Feature extends Serializable {
    /** The name of the raw column. */
    String name();

    /** The number of floats. */
    default int width() {
        return 1;
    }

    /**
     * The number itself; missing is NaN. What no float holds is brought to ±1e37: an infinite value keeps its place
     * in the order, and XGBoost, which refuses infinite values and doubles the largest one for its last cut, takes
     * it.
     */
    record NumberFeature(String name) implements Feature {}

    /** The position in {@code categories}; missing and unseen are NaN. */
    record CategoryFeature(String name, List<String> categories) implements Feature {
        /** Refuses a category that comes twice. */
        public CategoryFeature {
            categories = distinct(name, categories);
        }
    }

    /** The position in {@code categories}; missing and unseen are a category of their own, behind the others. */
    record NominalFeature(String name, List<String> categories) implements Feature {
        /** Refuses a category that comes twice. */
        public NominalFeature {
            categories = distinct(name, categories);
        }

        /** The number of different floats. */
        public int values() {
            return categories.size() + 1;
        }
    }

    /** One float for each category, 1 for the one at hand and 0 for the others; missing and unseen are all zeros. */
    record OneHotFeature(String name, List<String> categories) implements Feature {
        /** Refuses no category at all and one that comes twice. */
        public OneHotFeature {
            categories = distinct(name, categories);
            if (categories.isEmpty()) {
                throw new IllegalArgumentException("one-hot feature '%s' has no category".formatted(name));
            }
        }

        @Override
        public int width() {
            return categories.size();
        }
    }

    /** {@code (value - mean) / deviation}; missing and infinite are 0, which is the mean. */
    record StandardizedFeature(String name, double mean, double deviation) implements Feature {
        /** Refuses a deviation that nothing can be divided by. */
        public StandardizedFeature {
            if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
                throw new IllegalArgumentException("feature '%s' cannot be standardized with mean %s and deviation %s"
                        .formatted(name, mean, deviation));
            }
        }
    }

    private static List<String> distinct(String name, List<String> categories) {
        HashSet<String> seen = new HashSet<>();
        for (String category : categories) {
            if (!seen.add(category)) {
                throw new IllegalArgumentException(
                        "feature '%s' has the category '%s' twice".formatted(name, category));
            }
        }
        return List.copyOf(categories);
    }
}
