package io.trainyard.tuning.study;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a study asks for no more trials.
 *
 * @param trials how many there may be
 * @param time how long after opening the last trial may start; empty: without limit. A resumed study has what is left of it.
 * @param rules what ends the study earlier
 */
public record Budget(int trials, Optional<Duration> time, List<StoppingRule> rules) {

    public Budget {
        rules = List.copyOf(rules);
        if (trials < 1) {
            throw new IllegalArgumentException("Cannot run a study of %d trials: at least 1".formatted(trials));
        }
        if (time.isPresent() && (time.get().isNegative() || time.get().isZero())) {
            throw new IllegalArgumentException("Cannot run a study for %s: must be longer".formatted(time.get()));
        }
    }

    public static Budget ofTrials(int trials) {
        return new Budget(trials, Optional.empty(), List.of());
    }

    public Budget within(Duration limit) {
        return new Budget(trials, Optional.of(limit), rules);
    }

    public Budget until(StoppingRule... earlier) {
        return new Budget(trials, time, List.of(earlier));
    }
}
