package io.trainyard.tuning.space;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a parameter active only where a categorical parent is active and has one of some values. The parent may have a
 * condition itself.
 *
 * @param parameter the parent's name
 * @param values the parent's choices under which the child is active, sorted
 */
public record Condition(String parameter, Set<String> values) {

    public Condition {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot make a condition on '%s' without values: name at least one of its choices"
                            .formatted(parameter));
        }
        values = Collections.unmodifiableSet(new TreeSet<>(values));
    }

    /** Whether a point gives the parent one of the values; a point has no value for a parameter that is not active. */
    public boolean holds(Params params) {
        return params.has(parameter) && values.contains(params.text(parameter));
    }

    String text() {
        return parameter + " in " + values;
    }
}
