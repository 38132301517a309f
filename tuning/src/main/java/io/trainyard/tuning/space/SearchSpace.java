package io.trainyard.tuning.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parameters and the tree of conditions between them.
 *
 * @param parameters names are unique, and a parent comes before its children
 */
public record SearchSpace(List<Parameter> parameters) {

    public SearchSpace {
        parameters = List.copyOf(parameters);
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
     * The point at one quantile for every parameter; those of inactive parameters are not looked at.
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
     * @throws IllegalArgumentException when a value is out of range, missing, of an inactive or unknown parameter
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
    }

    /** One line a parameter, the same for equal spaces in every release; part of a study's identity. */
    public String text() {
        return parameters.stream().map(Parameter::text).collect(Collectors.joining("\n"));
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
