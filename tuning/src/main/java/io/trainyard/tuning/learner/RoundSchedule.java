package io.trainyard.tuning.learner;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Fidelity;
import java.io.Serializable;

/**
 * The boosting round at which each step of a trial ends.
 *
 * <p>Trials of different learning rates are compared where they have come equally far, which is the sum of their learning rates over
 * rounds: after step s of S, a trial of rate r has trained {@code maxRounds} · s / S · {@code slowest} / r rounds, and the slowest
 * s / S of all. The last step ends with the last round, or when patience does.
 *
 * @param slowest the smallest learning rate of the space, above 0
 */
public record RoundSchedule(int steps, int maxRounds, double slowest) implements Serializable {
    private static final String LEARNING_RATE = "learning_rate";
    private static final double LIBRARY_DEFAULT = 0.3;

    /** A smaller one is not believed: it would leave a single round to the steps of all the others. */
    private static final double SMALLEST = 1e-3;

    /** All rounds in one step. */
    public static RoundSchedule whole(int maxRounds) {
        return new RoundSchedule(1, maxRounds, LIBRARY_DEFAULT);
    }

    public static RoundSchedule of(Fidelity fidelity, int maxRounds, LearnerSpace space) {
        double slowest = space.space().parameters().stream()
                .filter(parameter -> parameter.name().equals(XGBoostLearner.NAME + "." + LEARNING_RATE))
                .mapToDouble(RoundSchedule::lowest)
                .findFirst()
                .orElse(LIBRARY_DEFAULT);
        return new RoundSchedule(fidelity.steps(), maxRounds, Math.max(SMALLEST, slowest));
    }

    private static double lowest(Parameter parameter) {
        return parameter instanceof CategoricalParameter words
                ? words.choices().stream()
                        .mapToDouble(Double::parseDouble)
                        .min()
                        .orElseThrow()
                : ((FloatParameter) parameter).low();
    }

    /**
     * How many rounds a trial has trained after a step.
     *
     * @param params the learner's own
     */
    public int rounds(int step, Params params) {
        if (step >= steps) {
            return maxRounds;
        }
        double rate = params.has(LEARNING_RATE) ? params.number(LEARNING_RATE) : LIBRARY_DEFAULT;
        double rounds = Math.ceil((double) maxRounds * step / steps * slowest / Math.max(SMALLEST, rate));
        return (int) Math.max(1, Math.min(maxRounds, rounds));
    }
}
