package io.trainyard.tuning.learner;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
     * @param overrides by learner's name: parameters that replace those of the default space by name, or extend it
     */
    public LearnerSpace(List<Learner> learners, Map<String, List<Parameter>> overrides) {
        this.learners = List.copyOf(learners);
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(CategoricalParameter.of(
                LEARNER, learners.stream().map(Learner::name).toArray(String[]::new)));
        for (Learner learner : learners) {
            Map<String, Parameter> own = new LinkedHashMap<>();
            learner.parameters().forEach(parameter -> own.put(parameter.name(), parameter));
            overrides
                    .getOrDefault(learner.name(), List.of())
                    .forEach(parameter -> own.put(parameter.name(), parameter));
            own.values().forEach(parameter -> parameters.add(childOf(learner, parameter)));
        }
        this.space = new SearchSpace(parameters);
    }

    private static Parameter childOf(Learner learner, Parameter parameter) {
        String name = prefixed(learner, parameter.name());
        Optional<Condition> chosen = Optional.of(new Condition(LEARNER, Set.of(learner.name())));
        if (parameter instanceof FloatParameter number) {
            return new FloatParameter(name, number.low(), number.high(), number.log(), number.step(), chosen);
        }
        if (parameter instanceof IntParameter number) {
            return new IntParameter(name, number.low(), number.high(), number.log(), number.step(), chosen);
        }
        CategoricalParameter words = (CategoricalParameter) parameter;
        return new CategoricalParameter(name, words.choices(), words.ordered(), chosen);
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
                    all.add(nearest(learner, learner.firstTrials().get(turn)));
                }
            }
        }
        return List.copyOf(all);
    }

    private Params nearest(Learner learner, Params own) {
        Params point = Params.empty().with(LEARNER, learner.name());
        for (Parameter parameter : space.active(point)) {
            if (!parameter.name().equals(LEARNER)) {
                String name = parameter.name().substring(prefixed(learner, "").length());
                point = point.with(
                        parameter.name(),
                        nearest(parameter, Optional.ofNullable(own.values().get(name))));
            }
        }
        return point;
    }

    /** The wanted value where the parameter has it, else the end of the range beyond which it lies, else the middle. */
    private static Object nearest(Parameter parameter, Optional<Object> wanted) {
        if (wanted.isPresent() && wanted.get() instanceof Number number) {
            if (parameter instanceof FloatParameter range && range.step().isEmpty()) {
                return Math.max(range.low(), Math.min(range.high(), number.doubleValue()));
            }
            if (parameter instanceof IntParameter range && range.step() == 1) {
                return Math.max(range.low(), Math.min(range.high(), number.longValue()));
            }
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

    private static String prefixed(Learner learner, String name) {
        return learner.name() + "." + name;
    }
}
