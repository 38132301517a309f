package io.trainyard.tuning.space;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One of several words.
 *
 * @param choices all different
 * @param ordered whether neighbours in {@code choices} are more alike than others, as sizes are
 */
public record CategoricalParameter(String name, List<String> choices, boolean ordered, Optional<Condition> condition)
        implements Parameter {

    public CategoricalParameter {
        Ranges.checkName(name);
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw Ranges.bad(name, "it has no choices: give at least one");
        }
        if (new HashSet<>(choices).size() < choices.size()) {
            throw Ranges.bad(name, "its choices %s are not all different".formatted(choices));
        }
    }

    /** Without an order, and always active. */
    public static CategoricalParameter of(String name, String... choices) {
        return new CategoricalParameter(name, List.of(choices), false, Optional.empty());
    }

    /** In the order of the choices, and always active. */
    public static CategoricalParameter ordered(String name, String... choices) {
        return new CategoricalParameter(name, List.of(choices), true, Optional.empty());
    }

    /** Active only under a condition. */
    public CategoricalParameter when(Condition active) {
        return new CategoricalParameter(name, choices, ordered, Optional.of(active));
    }

    /** The choices' places in their order. */
    public Scale scale() {
        return new Scale(0, choices.size() - 1.0, false, 1);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(choices.size());
    }

    @Override
    public String at(double quantile) {
        return choices.get((int) (quantile * choices.size()));
    }

    @Override
    public String value(long index) {
        return choices.get(Math.toIntExact(index));
    }

    @Override
    public void check(Object value) {
        if (!(value instanceof String word && choices.contains(word))) {
            throw Ranges.badValue(name, value, "one of " + choices);
        }
    }

    @Override
    public String text() {
        return name + (ordered ? ": in order one of " : ": one of ") + choices + conditionText();
    }
}
