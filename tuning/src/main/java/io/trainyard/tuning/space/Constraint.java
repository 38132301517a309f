package io.trainyard.tuning.space;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What has to hold between parameters, such as {@code max_leaves <= 2 ^ max_depth}. Where one of them is not active, there is
 * nothing to hold.
 */
public final class Constraint {

    private final String text;
    private final Set<String> parameters;
    private final Predicate<Params> condition;

    Constraint(String text, Set<String> parameters, Predicate<Params> condition) {
        this.text = text;
        this.parameters = Set.copyOf(parameters);
        this.condition = condition;
    }

    /**
     * Reads a constraint: comparisons ({@code < <= > >= = !=}) of numbers, joined by {@code and}, {@code or}, {@code not} and
     * brackets; numbers by {@code + - * / ^}, {@code min}, {@code max}, {@code abs}, {@code log} (natural) and {@code sqrt}; a word
     * in quotes is compared with a categorical parameter.
     *
     * @param known the parameters that it may name
     * @throws IllegalArgumentException with the place and what was expected there
     */
    public static Constraint parse(String text, List<Parameter> known) {
        return new ConstraintParser(text, known).parse();
    }

    public boolean holds(Params params) {
        return !params.values().keySet().containsAll(parameters) || condition.test(params);
    }

    /** The constraint as it was written. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Constraint constraint && constraint.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
