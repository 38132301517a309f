package io.trainyard.tuning.sampler;

import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model of the loss is fitted to: every trial that ended, with a finite loss.
 *
 * @param trials in number order
 * @param losses less is better
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Observations(List<Trial> trials, double[] losses) {

    /**
     * A failed trial has the worst loss of those that ran to their end; a pruned one that of its last value, but no better than their
     * median.
     *
     * @param trials of which at least one ran to its end
     */
    static Observations of(List<Trial> trials, Direction direction) {
        double[] known = trials.stream()
                .flatMapToDouble(trial -> trial.value().stream())
                .map(direction::loss)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double best = known.length == 0 ? 0 : known[0];
        double median = known.length == 0 ? 0 : known[known.length / 2];
        double worst = known.length == 0 ? 1 : known[known.length - 1];
        double[] losses = trials.stream()
                .map(trial -> trial.outcome().orElseThrow())
                .mapToDouble(outcome -> {
                    if (outcome instanceof Outcome.Complete complete) {
                        return Math.max(best, Math.min(worst, direction.loss(complete.value())));
                    }
                    return outcome instanceof Outcome.Pruned pruned
                            ? Math.max(median, Math.min(worst, direction.loss(pruned.value())))
                            : worst;
                })
                .toArray();
        return new Observations(trials, losses);
    }

    /** Losses as a Gaussian process takes them: larger is better, of mean 0 and deviation 1. */
    double[] values() {
        return Arrays.stream(PowerTransform.of(losses)).map(loss -> -loss).toArray();
    }

    double[][] points(UnitCube cube) {
        return trials.stream().map(trial -> cube.encode(trial.params())).toArray(double[][]::new);
    }

    /** At most so many: half of them the best, the others the newest. */
    Observations atMost(int most) {
        if (trials.size() <= most) {
            return this;
        }
        int[] order = bestFirst();
        int[] rest = Arrays.copyOfRange(order, most / 2, order.length);
        Arrays.sort(rest);
        int[] chosen = IntStream.concat(
                        Arrays.stream(order, 0, most / 2),
                        Arrays.stream(rest, rest.length - (most - most / 2), rest.length))
                .sorted()
                .toArray();
        return new Observations(
                Arrays.stream(chosen).mapToObj(trials::get).toList(),
                Arrays.stream(chosen).mapToDouble(i -> losses[i]).toArray());
    }

    /** Indexes, of the least loss first; of equals the earliest. */
    int[] bestFirst() {
        return IntStream.range(0, losses.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> losses[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
