package io.trainyard.features.asof;

import java.util.List;

/**
 * How examples and views are joined.
 *
 * @param lines one for each pass over the examples, in order
 */
public record AsOfPlan(List<String> lines) {

    public AsOfPlan {
        lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
