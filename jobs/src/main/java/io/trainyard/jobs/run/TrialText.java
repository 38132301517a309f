package io.trainyard.jobs.run;

import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Collectors;

/** Trials in words. */
public final class TrialText {
    private static final MathContext DIGITS = new MathContext(5);

    private TrialText() {}

    /** One line: number, value, learner and parameters. */
    static String of(Trial trial, Metric metric) {
        return "trial %d, %s %s, %s".formatted(trial.number(), metric, outcome(trial), params(trial));
    }

    /** The value, or why there is none. */
    public static String outcome(Trial trial) {
        if (trial.outcome().isEmpty()) {
            return "pending";
        }
        Outcome outcome = trial.outcome().get();
        if (outcome instanceof Outcome.Complete complete) {
            String rounds = complete.measures().containsKey("rounds")
                    ? " in %.0f rounds".formatted(complete.measures().get("rounds"))
                    : "";
            return number(complete.value()) + rounds;
        }
        return outcome instanceof Outcome.Failed failed ? "failed: " + failed.reason() : outcome.toString();
    }

    /** The learner and its own parameters, rounded for reading. */
    public static String params(Trial trial) {
        return LearnerSpace.learner(trial.params()).name() + " "
                + LearnerSpace.own(trial.params()).values().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + value(entry.getValue()))
                        .collect(Collectors.joining(" "));
    }

    /** A parameter's value, rounded for reading. */
    public static String value(Object value) {
        return value instanceof Double number ? number(number) : value.toString();
    }

    /** Five digits. */
    public static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
