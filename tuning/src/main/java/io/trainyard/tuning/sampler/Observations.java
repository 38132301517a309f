package io.trainyard.tuning.sampler;

import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
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
     * What a trial's loss is, or would have been at its end. A pruned one has that of its last report, changed as much as the losses of
     * those that went on from that step did until their end (their median), but is no better than the best that ran to its end. A
     * failed one is as bad as the worst.
     *
     * @param trials of which at least one ran to its end
     */
    static Observations of(List<Trial> trials, Direction direction) {
        Map<Integer, Double> changes = new HashMap<>();
        double[] losses = trials.stream()
                .mapToDouble(trial -> trial.outcome().orElseThrow() instanceof Outcome.Pruned pruned
                        ? direction.loss(pruned.value())
                                + changes.computeIfAbsent(pruned.step(), step -> change(trials, step, direction))
                        : lossOfComplete(trial, direction))
                .toArray();
        double best = completeLosses(trials, direction).min().orElse(0);
        double worst = Arrays.stream(losses).filter(Double::isFinite).max().orElse(best + 1);
        return new Observations(
                trials,
                Arrays.stream(losses)
                        .map(loss -> Double.isNaN(loss) ? worst : Math.max(best, Math.min(worst, loss)))
                        .toArray());
    }

    /** How much the loss changes from a step to the end; 0 where no trial tells. */
    private static double change(List<Trial> trials, int step, Direction direction) {
        double[] changes = trials.stream()
                .filter(trial ->
                        trial.value().isPresent() && trial.reported(step).isPresent())
                .mapToDouble(trial -> lossOfComplete(trial, direction)
                        - direction.loss(trial.reported(step).getAsDouble()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return changes.length == 0 ? 0 : changes[changes.length / 2];
    }

    private static DoubleStream completeLosses(List<Trial> trials, Direction direction) {
        return trials.stream()
                .mapToDouble(trial -> lossOfComplete(trial, direction))
                .filter(Double::isFinite);
    }

    /** NaN where the trial did not run to its end. */
    private static double lossOfComplete(Trial trial, Direction direction) {
        return trial.value().isPresent() ? direction.loss(trial.value().getAsDouble()) : Double.NaN;
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
