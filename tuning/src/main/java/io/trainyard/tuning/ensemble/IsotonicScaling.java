package io.trainyard.tuning.ensemble;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Probabilities of two classes that are the shares of the validation rows, with no shape given but that they rise with the margin (Zadrozny
 * and Elkan 2002, "Transforming classifier scores into accurate multiclass probability estimates"): the rising function of the least
 * squares, by pooling adjacent violators (Ayer et al. 1955). Linear between two margins, and constant beyond the last ones, as
 * scikit-learn's and Spark's are.
 *
 * @param margins where the function is known, rising; the first and the last of each level
 * @param probabilities as many, never falling
 */
public record IsotonicScaling(List<Double> margins, List<Double> probabilities) implements Serializable {
    public IsotonicScaling {
        margins = List.copyOf(margins);
        probabilities = List.copyOf(probabilities);
        if (margins.size() != probabilities.size()) {
            throw new IllegalArgumentException(
                    "%d margins and %d probabilities".formatted(margins.size(), probabilities.size()));
        }
    }

    /** What knows no margin, and leaves all as they are. */
    public static IsotonicScaling none() {
        return new IsotonicScaling(List.of(), List.of());
    }

    /** Neighbours of one level: its margins, the weight of its rows, and that of the positive ones. */
    private record Level(double first, double last, double weight, double positive) {
        double share() {
            return positive / weight;
        }

        Level with(Level next) {
            return new Level(first, next.last, weight + next.weight, positive + next.positive);
        }
    }

    /**
     * @param label 0 or 1, one a row
     * @param margin one a row
     * @param weight one a row; a row of weight 0 says nothing
     */
    public static IsotonicScaling fit(double[] label, double[] margin, double[] weight) {
        List<Level> levels = new ArrayList<>();
        for (Level next : distinct(label, margin, weight)) {
            Level level = next;
            while (!levels.isEmpty() && levels.get(levels.size() - 1).share() >= level.share()) {
                level = levels.remove(levels.size() - 1).with(level);
            }
            levels.add(level);
        }
        List<Double> margins = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        for (Level level : levels) {
            margins.add(level.first());
            probabilities.add(level.share());
            if (level.last() > level.first()) {
                margins.add(level.last());
                probabilities.add(level.share());
            }
        }
        return new IsotonicScaling(margins, probabilities);
    }

    /** A level for each margin that there is: rows of the same one cannot be told apart. */
    private static List<Level> distinct(double[] label, double[] margin, double[] weight) {
        List<Level> levels = new ArrayList<>();
        IntStream.range(0, margin.length)
                .filter(row -> weight[row] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> margin[row]))
                .map(row -> new Level(margin[row], margin[row], weight[row], weight[row] * label[row]))
                .forEach(level -> {
                    int last = levels.size() - 1;
                    if (last >= 0 && levels.get(last).first() == level.first()) {
                        levels.set(last, levels.get(last).with(level));
                    } else {
                        levels.add(level);
                    }
                });
        return levels;
    }

    /** Whether it tells any rows apart, which it does not where margins are worse than none. */
    public boolean rises() {
        return !probabilities.isEmpty() && probabilities.get(0) < probabilities.get(probabilities.size() - 1);
    }

    /** Of a margin, by a function that {@link #rises}. */
    public double probability(double margin) {
        int found = Collections.binarySearch(margins, margin);
        if (found >= 0) {
            return probabilities.get(found);
        }
        int next = -found - 1;
        if (next == 0 || next == margins.size()) {
            return probabilities.get(Math.max(0, next - 1));
        }
        double left = margins.get(next - 1);
        double low = probabilities.get(next - 1);
        return low + (probabilities.get(next) - low) * ((margin - left) / (margins.get(next) - left));
    }
}
