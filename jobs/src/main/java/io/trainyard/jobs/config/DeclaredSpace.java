package io.trainyard.jobs.config;

import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The search space that a file declares. */
public final class DeclaredSpace {
    /** The key of an enqueued configuration that says whose it is. */
    private static final String LEARNER = "learner";

    private DeclaredSpace() {}

    /**
     * The learners' presets with what the file says of them.
     *
     * @throws IllegalArgumentException when a condition or a constraint names what is not there
     */
    public static LearnerSpace of(SearchConfig search) {
        return withConstraints(search, search.constraints());
    }

    static LearnerSpace withConstraints(SearchConfig search, List<String> constraints) {
        List<Learner> learners = search.learners().stream()
                .map(name -> Learner.named(name.toString()).orElseThrow())
                .toList();
        Map<String, List<Parameter>> overrides = new HashMap<>();
        search.space().forEach((name, parameters) -> {
            Learner learner = Learner.named(name.toString()).orElseThrow();
            overrides.put(
                    learner.name(),
                    parameters.entrySet().stream()
                            .map(entry -> parameter(learner, entry.getKey(), entry.getValue()))
                            .toList());
        });
        return new LearnerSpace(learners, search.preset(), overrides, constraints);
    }

    /**
     * A configuration to try, as the file has it under {@code search.enqueue}.
     *
     * @throws IllegalArgumentException when it is not a point of the space
     */
    public static Params enqueued(LearnerSpace space, Map<String, String> values) {
        Map<String, String> own = new LinkedHashMap<>(values);
        String name = Optional.ofNullable(own.remove(LEARNER))
                .orElse(space.learners().get(0).name());
        Learner learner = space.learners().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("learner '%s' is not searched: there are %s"
                        .formatted(
                                name,
                                space.learners().stream().map(Learner::name).toList())));
        return space.point(learner, own);
    }

    private static Parameter parameter(Learner learner, String name, ParameterConfig config) {
        Optional<Condition> active = condition(name, config.when());
        if (config instanceof ParameterConfig.Between range) {
            return learner.accepted(name).orElseThrow() instanceof IntParameter
                    ? new IntParameter(
                            name,
                            (long) range.low(),
                            (long) range.high(),
                            range.log(),
                            range.step().map(Double::longValue).orElse(1L),
                            active)
                    : new FloatParameter(
                            name,
                            range.low(),
                            range.high(),
                            range.log(),
                            range.step().map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                            active);
        }
        if (config instanceof ParameterConfig.Choices choices) {
            return new CategoricalParameter(name, choices.choices(), choices.ordered(), active);
        }
        return new CategoricalParameter(name, List.of(((ParameterConfig.Fixed) config).value()), false, active);
    }

    private static Optional<Condition> condition(String name, Map<String, List<String>> when) {
        if (when.size() > 1) {
            throw new IllegalArgumentException(
                    "Parameter '%s' depends on %s: name one, and let that one depend on the others"
                            .formatted(name, when.keySet()));
        }
        return when.entrySet().stream()
                .map(entry -> new Condition(entry.getKey(), new HashSet<>(entry.getValue())))
                .findFirst();
    }
}
