package io.trainyard.tuning.study;

import java.util.Optional;

/** Ends a study before its budget does. A rule has no state: its answer depends on the arguments alone. */
@FunctionalInterface
public interface StoppingRule {

    /** Why no more trials are to be asked for; empty: they are. */
    Optional<String> reason(Problem problem, History history);

    /**
     * The last trials brought nothing better.
     *
     * @param trials how many complete trials in a row, in the order of their numbers
     */
    record NoImprovement(int trials) implements StoppingRule {

        public NoImprovement {
            if (trials < 1) {
                throw new IllegalArgumentException("Cannot stop after %d trials: at least 1".formatted(trials));
            }
        }

        @Override
        public Optional<String> reason(Problem problem, History history) {
            int since = 0;
            double best = problem.direction().worst();
            for (Trial trial : history.complete()) {
                double value = trial.value().orElseThrow();
                boolean better = problem.direction().better(value, best);
                best = better ? value : best;
                since = better ? 0 : since + 1;
            }
            return since >= trials
                    ? Optional.of("%d trials in a row brought nothing better".formatted(since))
                    : Optional.empty();
        }
    }

    /**
     * The best trial is good enough.
     *
     * @param value of the first metric that is enough
     */
    record Target(double value) implements StoppingRule {

        @Override
        public Optional<String> reason(Problem problem, History history) {
            return history.best(problem.direction())
                    .filter(best ->
                            !problem.direction().better(value, best.value().orElseThrow()))
                    .map(best -> "trial %d has reached the target %s".formatted(best.number(), value));
        }
    }
}
