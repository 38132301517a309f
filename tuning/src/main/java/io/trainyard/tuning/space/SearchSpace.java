package io.trainyard.tuning.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parameters, the tree of conditions between them, and what else must hold.
 *
 * @param parameters names are unique, and a parent comes before its children
 * @param constraints what the points of this space fulfil besides
 */
public record SearchSpace(List<Parameter> parameters, List<Constraint> constraints) {

    public SearchSpace {
        parameters = List.copyOf(parameters);
        constraints = List.copyOf(constraints);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("Cannot search a space without parameters: give at least one");
        }
        Map<String, Parameter> known = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            parameter.condition().ifPresent(condition -> checkCondition(parameter, condition, known));
            if (known.put(parameter.name(), parameter) != null) {
                throw Ranges.bad(parameter.name(), "it is declared twice");
            }
        }
    }

    public SearchSpace(List<Parameter> parameters) {
        this(parameters, List.of());
    }

    public static SearchSpace of(Parameter... parameters) {
        return new SearchSpace(List.of(parameters));
    }

    /** @throws IllegalArgumentException when there is none of this name */
    public Parameter parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Parameter '%s' is not in the search space: there are %s".formatted(name, names())));
    }

    /** The same parameters under constraints. */
    public SearchSpace where(String... texts) {
        return new SearchSpace(
                parameters,
                Arrays.stream(texts)
                        .map(text -> Constraint.parse(text, parameters))
                        .toList());
    }

    /** Whether all constraints hold that a point, or the beginning of one, has the parameters of. */
    public boolean admits(Params params) {
        for (Constraint constraint : constraints) {
            if (!constraint.holds(params)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a parameter is active, given the values of its ancestors. */
    public boolean isActive(Parameter parameter, Params params) {
        return parameter.condition().map(condition -> condition.holds(params)).orElse(true);
    }

    /** The parameters that are active at a point, in the order of declaration. */
    public List<Parameter> active(Params params) {
        return parameters.stream()
                .filter(parameter -> isActive(parameter, params))
                .toList();
    }

    /**
     * The parameters split into those that are always active together, in an order in which the parents' groups come
     * first. Models of a conditional space are fitted to each group.
     */
    public List<List<Parameter>> groups() {
        Map<Optional<Condition>, List<Parameter>> groups = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            groups.computeIfAbsent(activation(parameter), condition -> new ArrayList<>())
                    .add(parameter);
        }
        return groups.values().stream().map(List::copyOf).toList();
    }

    /**
     * The point at one quantile for every parameter, whether or not the constraints hold; those of inactive parameters are not
     * looked at.
     *
     * @param quantiles in [0, 1), in the order of declaration
     */
    public Params at(double[] quantiles) {
        Params params = Params.empty();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (isActive(parameter, params)) {
                params = params.with(parameter.name(), parameter.at(quantiles[i]));
            }
        }
        return params;
    }

    /**
     * Checks a point that comes from outside.
     *
     * @throws IllegalArgumentException when a value is out of range, missing, of an inactive or unknown parameter, or a constraint
     *     does not hold
     */
    public void check(Params params) {
        params.values().keySet().forEach(this::parameter);
        for (Parameter parameter : parameters) {
            boolean active = isActive(parameter, params);
            if (active != params.has(parameter.name())) {
                String problem = active ? "has no value" : "has a value but is not active";
                throw new IllegalArgumentException("Parameter '%s' %s at {%s}%s"
                        .formatted(parameter.name(), problem, params, parameter.conditionText()));
            }
            if (active) {
                parameter.check(params.value(parameter.name()));
            }
        }
        for (Constraint constraint : constraints) {
            if (!constraint.holds(params)) {
                throw new IllegalArgumentException(
                        "Constraint '%s' does not hold at {%s}".formatted(constraint, params));
            }
        }
    }

    /** One line a parameter and a constraint, the same for equal spaces in every release; part of a study's identity. */
    public String text() {
        return Stream.concat(
                        parameters.stream().map(Parameter::text),
                        constraints.stream().map(constraint -> "where " + constraint.text()))
                .collect(Collectors.joining("\n"));
    }

    private List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /** The condition that decides alone: one that admits every choice of its parent says no more than the parent's. */
    private Optional<Condition> activation(Parameter parameter) {
        Optional<Condition> condition = parameter.condition();
        if (condition.isPresent()
                && parameter(condition.get().parameter()) instanceof CategoricalParameter parent
                && condition.get().values().containsAll(parent.choices())) {
            return activation(parent);
        }
        return condition;
    }

    private static void checkCondition(Parameter child, Condition condition, Map<String, Parameter> declared) {
        if (!(declared.get(condition.parameter()) instanceof CategoricalParameter parent)) {
            throw Ranges.bad(
                    child.name(),
                    "its condition names '%s', which is no categorical parameter declared before it: there are %s"
                            .formatted(condition.parameter(), declared.keySet()));
        }
        Set<String> unknown = new HashSet<>(condition.values());
        unknown.removeAll(Set.copyOf(parent.choices()));
        if (!unknown.isEmpty()) {
            throw Ranges.bad(
                    child.name(),
                    "its condition names %s, which '%s' cannot be: it is one of %s"
                            .formatted(unknown, parent.name(), parent.choices()));
        }
    }
}
