package io.trainyard.tuning.space;

import java.util.Optional;
import java.util.OptionalLong;

/** One dimension of a search space. Its values are {@link Double}, {@link Long} or {@link String}, by its kind. */
public sealed interface Parameter permits FloatParameter, IntParameter, CategoricalParameter {

    String name();

    /** When this parameter has a value at all; empty: always. */
    Optional<Condition> condition();

    /** How many values there are; empty when they are not countable. */
    OptionalLong size();

    /**
     * The value at a quantile of the uniform distribution over this parameter's scale (the logarithm's, where it is log).
     *
     * @param quantile in [0, 1)
     */
    Object at(double quantile);

    /**
     * The values in order.
     *
     * @param index from 0 to {@link #size()} - 1
     * @throws IllegalStateException when the values are not countable
     */
    Object value(long index);

    /** @throws IllegalArgumentException unless this is one of the values, saying which they are */
    void check(Object value);

    /** This parameter in one line, the same for equal parameters in every release; part of a study's identity. */
    String text();

    /** The condition's part of {@link #text()}. */
    default String conditionText() {
        return condition().map(condition -> " if " + condition.text()).orElse("");
    }
}
