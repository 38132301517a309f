package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Findings;
import io.trainyard.jobs.config.binding.NearestName;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds the space of a search to what its learners' libraries take, which they themselves would say trial by trial. */
final class ParameterChecks {
    private final Findings findings;

    ParameterChecks(Findings findings) {
        this.findings = findings;
    }

    /** Adds what does not fit to the findings. */
    void run() {
        for (String name : findings.keys("search.space")) {
            Learner.named(name)
                    .ifPresent(learner -> findings.keys("search.space." + name)
                            .forEach(parameter ->
                                    check(learner, parameter, "search.space.%s.%s".formatted(name, parameter))));
        }
    }

    /** What only the space as a whole shows, once its parts are right. */
    void runOnWhole() {
        Optional<SearchConfig> search = findings.value("search", SearchConfig.class);
        boolean sound =
                findings.problems().stream().noneMatch(problem -> problem.path().startsWith("search"));
        if (search.isPresent() && sound) {
            checkWhole(search.get());
        }
    }

    private void checkWhole(SearchConfig search) {
        try {
            DeclaredSpace.withConstraints(search, List.of());
        } catch (IllegalArgumentException bad) {
            findings.problem("search.space", bad.getMessage());
            return;
        }
        for (int i = 0; i < search.constraints().size(); i++) {
            try {
                DeclaredSpace.withConstraints(
                        search, List.of(search.constraints().get(i)));
            } catch (IllegalArgumentException bad) {
                findings.problem("search.constraints[" + i + "]", bad.getMessage());
                return;
            }
        }
        LearnerSpace space = DeclaredSpace.of(search);
        for (int i = 0; i < search.enqueue().size(); i++) {
            try {
                DeclaredSpace.enqueued(space, search.enqueue().get(i));
            } catch (IllegalArgumentException bad) {
                findings.problem("search.enqueue[" + i + "]", bad.getMessage());
            }
        }
    }

    private void check(Learner learner, String name, String path) {
        Optional<Parameter> accepted = learner.accepted(name);
        if (accepted.isEmpty()) {
            List<String> known =
                    learner.accepted().stream().map(Parameter::name).toList();
            findings.problem(path, "unknown hyperparameter" + NearestName.hint(name, known));
            return;
        }
        findings.value(path, ParameterConfig.class).ifPresent(config -> check(accepted.get(), config, path));
    }

    private void check(Parameter accepted, ParameterConfig config, String path) {
        if (config instanceof ParameterConfig.Between range) {
            checkNumber(accepted, range.low(), path + ".low");
            checkNumber(accepted, range.high(), path + ".high");
            if (accepted instanceof IntParameter
                    && range.step().filter(step -> step != Math.rint(step)).isPresent()) {
                findings.problem(
                        path + ".step",
                        "expected a whole number, found " + range.step().get());
            }
        } else if (config instanceof ParameterConfig.Choices choices) {
            for (int i = 0; i < choices.choices().size(); i++) {
                checkText(accepted, choices.choices().get(i), path + ".choices[" + i + "]");
            }
        } else if (config instanceof ParameterConfig.Fixed fixed) {
            checkText(accepted, fixed.value(), path);
        }
    }

    private void checkText(Parameter accepted, String text, String path) {
        if (accepted instanceof CategoricalParameter words) {
            if (!words.choices().contains(text)) {
                findings.problem(path, "expected %s, found '%s'".formatted(expected(accepted), text));
            }
            return;
        }
        OptionalDouble number = number(text);
        if (number.isEmpty()) {
            findings.problem(path, "expected %s, found '%s'".formatted(expected(accepted), text));
        } else {
            checkNumber(accepted, number.getAsDouble(), path);
        }
    }

    private void checkNumber(Parameter accepted, double number, String path) {
        if (!takes(accepted, number)) {
            findings.problem(path, "expected %s, found %s".formatted(expected(accepted), number));
        }
    }

    private static boolean takes(Parameter accepted, double number) {
        if (accepted instanceof IntParameter whole) {
            return number == Math.rint(number) && number >= whole.low() && number <= whole.high();
        }
        return accepted instanceof FloatParameter range && number >= range.low() && number <= range.high();
    }

    private static String expected(Parameter accepted) {
        if (accepted instanceof IntParameter whole) {
            return whole.high() == Integer.MAX_VALUE
                    ? "a whole number of at least " + whole.low()
                    : "a whole number from %d to %d".formatted(whole.low(), whole.high());
        }
        if (accepted instanceof FloatParameter range) {
            return range.high() >= Float.MAX_VALUE
                    ? "a number of at least " + range.low()
                    : "a number from %s to %s".formatted(range.low(), range.high());
        }
        return "one of " + String.join(", ", ((CategoricalParameter) accepted).choices());
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException none) {
            return OptionalDouble.empty();
        }
    }
}
