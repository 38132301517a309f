package io.trainyard.tuning.learner;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.Constraint;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One search space over several learners: the learner is a categorical parameter, and each learner's own parameters, prefixed
 * with its name as in {@code xgboost.max_depth}, are its conditional children.
 */
public final class LearnerSpace {
    private static final String LEARNER = "learner";
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final List<Learner> learners;
    private final SearchSpace space;

    /**
     * @param preset the learners' ranges
     * @param overrides by learner's name: parameters that replace those of the preset by name, or extend it; a condition names
     *     another parameter of the learner
     * @param constraints between parameters by their prefixed names, as {@link Constraint#parse} reads them
     * @throws IllegalArgumentException when conditions or constraints name what is not there
     */
    public LearnerSpace(
            List<Learner> learners, Preset preset, Map<String, List<Parameter>> overrides, List<String> constraints) {
        this.learners = List.copyOf(learners);
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(CategoricalParameter.of(
                LEARNER, learners.stream().map(Learner::name).toArray(String[]::new)));
        for (Learner learner : learners) {
            Map<String, Parameter> own = new LinkedHashMap<>();
            learner.parameters(preset).forEach(parameter -> own.put(parameter.name(), parameter));
            overrides
                    .getOrDefault(learner.name(), List.of())
                    .forEach(parameter -> own.put(parameter.name(), parameter));
            parentsFirst(own).forEach(parameter -> parameters.add(childOf(learner, parameter)));
        }
        this.space = new SearchSpace(parameters).where(constraints.toArray(String[]::new));
    }

    public LearnerSpace(List<Learner> learners, Map<String, List<Parameter>> overrides) {
        this(learners, Preset.DEFAULT, overrides, List.of());
    }

    /** Those whose parent is not among them come as they are: the search space says what is wrong. */
    private static List<Parameter> parentsFirst(Map<String, Parameter> parameters) {
        Map<String, Parameter> ordered = new LinkedHashMap<>();
        parameters.values().forEach(parameter -> addAfterParent(parameter, parameters, ordered, new HashSet<>()));
        return List.copyOf(ordered.values());
    }

    private static void addAfterParent(
            Parameter parameter, Map<String, Parameter> all, Map<String, Parameter> ordered, Set<String> below) {
        if (below.add(parameter.name())) {
            parameter
                    .condition()
                    .map(condition -> all.get(condition.parameter()))
                    .ifPresent(parent -> addAfterParent(parent, all, ordered, below));
        }
        ordered.putIfAbsent(parameter.name(), parameter);
    }

    private static Parameter childOf(Learner learner, Parameter parameter) {
        String name = prefixed(learner, parameter.name());
        Condition active = parameter
                .condition()
                .map(own -> new Condition(prefixed(learner, own.parameter()), own.values()))
                .orElseGet(() -> new Condition(LEARNER, Set.of(learner.name())));
        if (parameter instanceof FloatParameter number) {
            return new FloatParameter(
                    name, number.low(), number.high(), number.log(), number.step(), Optional.of(active));
        }
        if (parameter instanceof IntParameter number) {
            return new IntParameter(
                    name, number.low(), number.high(), number.log(), number.step(), Optional.of(active));
        }
        CategoricalParameter words = (CategoricalParameter) parameter;
        return new CategoricalParameter(name, words.choices(), words.ordered(), Optional.of(active));
    }

    public SearchSpace space() {
        return space;
    }

    public List<Learner> learners() {
        return learners;
    }

    /** The learners' first trials, taking turns, each moved to the nearest point of the space. */
    public List<Params> firstTrials() {
        Set<Params> all = new LinkedHashSet<>();
        int longest = learners.stream()
                .mapToInt(learner -> learner.firstTrials().size())
                .max()
                .orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (Learner learner : learners) {
                if (turn < learner.firstTrials().size()) {
                    Map<String, Object> own = learner.firstTrials().get(turn).values();
                    Params point = nearest(learner, name -> Optional.ofNullable(own.get(name)));
                    if (space.admits(point)) {
                        all.add(point);
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    /**
     * A point that is wanted by name and text, as a pipeline file has it. What is not given is as in the learner's first trial.
     *
     * @throws IllegalArgumentException when a value is not one of the space's, or a name not a parameter of the learner
     */
    public Params point(Learner learner, Map<String, String> wanted) {
        Params point = Params.empty().with(LEARNER, learner.name());
        Set<String> unused = new TreeSet<>(wanted.keySet());
        for (Parameter parameter : space.parameters()) {
            String name = unprefixed(learner, parameter);
            if (parameter.name().equals(LEARNER) || !space.isActive(parameter, point)) {
                continue;
            }
            unused.remove(name);
            Object value = wanted.containsKey(name)
                    ? parsed(parameter, wanted.get(name))
                    : nearest(parameter, first(learner, name));
            point = point.with(parameter.name(), value);
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("%s has no %s here: there are %s"
                    .formatted(
                            learner.name(),
                            String.join(" and no ", unused),
                            own(point).values().keySet()));
        }
        space.check(point);
        return point;
    }

    /**
     * The point of this space nearest to one of another, which may be of other learners or ranges.
     *
     * @return empty when the point's learner is not here, or the constraints do not admit it
     */
    public Optional<Params> adopted(Params other) {
        return learners.stream()
                .filter(learner -> other.has(LEARNER) && other.text(LEARNER).equals(learner.name()))
                .findFirst()
                .map(learner -> nearest(
                        learner, name -> Optional.ofNullable(other.values().get(prefixed(learner, name)))))
                .filter(space::admits);
    }

    private static Optional<Object> first(Learner learner, String name) {
        return Optional.ofNullable(learner.firstTrials().get(0).values().get(name));
    }

    private static Object parsed(Parameter parameter, String text) {
        if (parameter instanceof CategoricalParameter) {
            return text;
        }
        try {
            return parameter instanceof IntParameter ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "Parameter '%s' cannot be '%s': expected a number".formatted(parameter.name(), text), notANumber);
        }
    }

    private Params nearest(Learner learner, Function<String, Optional<Object>> wanted) {
        Params point = Params.empty().with(LEARNER, learner.name());
        for (Parameter parameter : space.parameters()) {
            if (!parameter.name().equals(LEARNER) && space.isActive(parameter, point)) {
                point = point.with(parameter.name(), nearest(parameter, wanted.apply(unprefixed(learner, parameter))));
            }
        }
        return point;
    }

    /** The wanted value where the parameter has it, else the end of the range beyond which it lies, else the middle. */
    private static Object nearest(Parameter parameter, Optional<Object> wanted) {
        if (wanted.isPresent() && wanted.get() instanceof Number number) {
            if (parameter instanceof FloatParameter range) {
                return range.nearest(number.doubleValue());
            }
            if (parameter instanceof IntParameter range) {
                return range.nearest(number.doubleValue());
            }
        }
        if (wanted.isPresent()
                && parameter instanceof CategoricalParameter words
                && words.choices().contains(String.valueOf(wanted.get()))) {
            return String.valueOf(wanted.get());
        }
        return parameter.at(0.5);
    }

    /** The learner that a trial uses. */
    public static Learner learner(Params params) {
        return Learner.named(params.text(LEARNER)).orElseThrow();
    }

    /** A trial's parameters under the learner's own names. */
    public static Params own(Params params) {
        String prefix = prefixed(learner(params), "");
        Map<String, Object> own = new TreeMap<>();
        params.values().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), value instanceof String text ? number(text) : value);
            }
        });
        return Params.of(own);
    }

    /** A choice among numbers, and a fixed number, are text to the search and numbers to the learner. */
    private static Object number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? Double.valueOf(text) : text;
    }

    private static String unprefixed(Learner learner, Parameter parameter) {
        String prefix = prefixed(learner, "");
        return parameter.name().startsWith(prefix) ? parameter.name().substring(prefix.length()) : parameter.name();
    }

    private static String prefixed(Learner learner, String name) {
        return learner.name() + "." + name;
    }
}
