package io.trainyard.tuning.ensemble;

import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Groups;
import io.trainyard.tuning.metric.Metric;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Ensemble selection (Caruana, Niculescu-Mizil, Crew and Ksikes 2004, "Ensemble selection from libraries of models"): begins with the
 * best candidate, and adds again and again the one, of all of them, whose addition makes the mean best. Of the ensembles on that way the
 * best is taken, the smallest of equals. Means are of margins, so that they are margins of one booster.
 */
public final class Selection {
    private final TrialSettings settings;
    private final int width;
    private final List<Fold> folds;

    /**
     * What candidates came to on the validation rows of a fold.
     *
     * @param margins of each candidate, row-major, as many a row as the task has scores
     */
    @SuppressWarnings("ArrayRecordComponent") // Rows by the million; equality is never asked.
    public record Fold(double[] label, double[] weight, Groups groups, List<double[]> margins) {
        public Fold {
            margins = List.copyOf(margins);
        }
    }

    /**
     * How often each candidate was taken, and what that comes to.
     *
     * @param counts by candidate; 0 for one that is not in it
     * @param value of the first metric, the mean over the folds
     * @param best what the best candidate alone comes to
     */
    public record Chosen(List<Integer> counts, double value, double best) implements Serializable {
        public Chosen {
            counts = List.copyOf(counts);
        }

        /** How many models it takes. */
        public long members() {
            return counts.stream().filter(count -> count > 0).count();
        }

        /** The candidate's share of the mean. */
        public double weight(int candidate) {
            int all = counts.stream().mapToInt(Integer::intValue).sum();
            return (double) counts.get(candidate) / all;
        }
    }

    /** @param folds each with the same candidates, in the same order */
    public Selection(TrialSettings settings, List<Fold> folds) {
        this.settings = settings;
        this.width = settings.scores();
        this.folds = List.copyOf(folds);
    }

    /** @param rounds how many additions are tried, the first one included */
    public Chosen choose(int rounds) {
        int candidates = folds.get(0).margins().size();
        List<double[]> sums = folds.stream()
                .map(fold -> new double[fold.label().length * width])
                .toList();
        int[] counts = new int[candidates];
        int[] bestCounts = counts;
        double bestValue = Double.NaN;
        double alone = Double.NaN;
        for (int round = 1; round <= rounds; round++) {
            int next = next(sums, round);
            counts[next]++;
            add(sums, next);
            double value = value(sums, round);
            if (round == 1) {
                alone = value;
            }
            if (round == 1 || isBetter(value, bestValue)) {
                bestValue = value;
                bestCounts = counts.clone();
            }
        }
        return new Chosen(Arrays.stream(bestCounts).boxed().toList(), bestValue, alone);
    }

    /** The candidate whose addition makes the best mean of so many; the first of equals. */
    private int next(List<double[]> sums, int size) {
        int best = 0;
        double bestValue = Double.NaN;
        for (int candidate = 0; candidate < folds.get(0).margins().size(); candidate++) {
            double value = value(with(sums, candidate), size);
            if (candidate == 0 || isBetter(value, bestValue)) {
                best = candidate;
                bestValue = value;
            }
        }
        return best;
    }

    private List<double[]> with(List<double[]> sums, int candidate) {
        List<double[]> copies = sums.stream().map(double[]::clone).toList();
        add(copies, candidate);
        return copies;
    }

    private void add(List<double[]> sums, int candidate) {
        for (int fold = 0; fold < sums.size(); fold++) {
            double[] sum = sums.get(fold);
            double[] margins = folds.get(fold).margins().get(candidate);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += margins[i];
            }
        }
    }

    private double value(List<double[]> sums, int size) {
        double total = 0;
        for (int fold = 0; fold < sums.size(); fold++) {
            Fold rows = folds.get(fold);
            double[] mean = mean(sums.get(fold), size);
            total += settings.metric().of(Margins.predictions(settings, rows, mean));
        }
        return total / sums.size();
    }

    private static double[] mean(double[] sum, int size) {
        double[] mean = new double[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = sum[i] / size;
        }
        return mean;
    }

    /** A value that is undefined is worse than any other. */
    private boolean isBetter(double value, double than) {
        if (Double.isNaN(value) || Double.isNaN(than)) {
            return !Double.isNaN(value) && Double.isNaN(than);
        }
        Metric metric = settings.metric();
        return metric.higherIsBetter() ? value > than : value < than;
    }
}
