package io.trainyard.jobs.retrain;

import io.trainyard.jobs.monitor.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What strategies would have come to.
 *
 * @param metric the score's name
 * @param results of every strategy, in their order
 */
public record BacktestReport(String metric, List<Result> results) {
    public BacktestReport {
        results = List.copyOf(results);
    }

    /**
     * One strategy.
     *
     * @param trainings after the first model
     * @param rollbacks returns to the version before
     * @param periods in the order of time
     */
    public record Result(Strategy strategy, int trainings, int rollbacks, List<Period> periods) {
        public Result {
            periods = List.copyOf(periods);
        }

        /** The mean over the periods in which the metric is defined; NaN without any. */
        public double mean() {
            return periods.stream()
                    .mapToDouble(Period::score)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /**
     * One period of one strategy.
     *
     * @param fitted as of when the model at work was fitted
     * @param score how good it was
     * @param decision at the period's end; empty for strategies without one, and after the last period
     */
    public record Period(TimeWindow period, Instant fitted, double score, Optional<RetrainDecision> decision) {}

    /** The result of a strategy. */
    public Result of(Strategy strategy) {
        return results.stream()
                .filter(result -> result.strategy() == strategy)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The strategy %s was not tried: there are %s".formatted(strategy, results)));
    }

    /**
     * The share of what constant training gains that the policy gains: (policy − never) / (always − never), of the means. Empty where
     * training gains nothing, so that there is nothing to have a share of.
     */
    public OptionalDouble share(boolean higherIsBetter) {
        double never = of(Strategy.NEVER).mean();
        double gain = of(Strategy.ALWAYS).mean() - never;
        double share = (of(Strategy.POLICY).mean() - never) / gain;
        boolean gains = higherIsBetter ? gain > 0 : gain < 0;
        return gains && Double.isFinite(share) ? OptionalDouble.of(share) : OptionalDouble.empty();
    }
}
