package io.trainyard.tuning.space;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One of several words without an order. */
public record CategoricalParameter(String name, List<String> choices, Optional<Condition> condition)
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

    /** Always active. */
    public static CategoricalParameter of(String name, String... choices) {
        return new CategoricalParameter(name, List.of(choices), Optional.empty());
    }

    /** Active only under a condition. */
    public CategoricalParameter when(Condition active) {
        return new CategoricalParameter(name, choices, Optional.of(active));
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
        return name + ": one of " + choices + conditionText();
    }
}
