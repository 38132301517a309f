package io.trainyard.tuning.sampler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Points of several losses in order of their worth: by front, and within a front the lonely ones first (Deb et al., "A fast and
 * elitist multiobjective genetic algorithm: NSGA-II", 2002).
 */
final class NonDominatedSort {

    private NonDominatedSort() {}

    /** @param losses by point: less is better in each */
    static int[] order(double[][] losses) {
        int[] fronts = fronts(losses);
        double[] crowding = new double[losses.length];
        int last = Arrays.stream(fronts).max().orElse(-1);
        for (int front = 0; front <= last; front++) {
            int current = front;
            addCrowding(
                    IntStream.range(0, losses.length)
                            .filter(i -> fronts[i] == current)
                            .toArray(),
                    losses,
                    crowding);
        }
        return IntStream.range(0, losses.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> fronts[i]).thenComparingDouble(i -> -crowding[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** By point: 0 where no other is better in all, 1 where only those of front 0 are, and so on. */
    private static int[] fronts(double[][] losses) {
        int[] fronts = new int[losses.length];
        Arrays.fill(fronts, -1);
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, losses.length).boxed().toList());
        for (int front = 0; !open.isEmpty(); front++) {
            List<Integer> best = open.stream()
                    .filter(i -> open.stream().noneMatch(j -> dominates(losses[j], losses[i])))
                    .toList();
            for (int i : best) {
                fronts[i] = front;
            }
            open.removeAll(best);
        }
        return fronts;
    }

    /** Adds to each point how far apart its neighbours of the front are, relative to the front's extent; the ends are alone. */
    private static void addCrowding(int[] front, double[][] losses, double[] crowding) {
        for (int metric = 0; metric < losses[0].length; metric++) {
            int axis = metric;
            int[] sorted = Arrays.stream(front)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> losses[i][axis]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double extent = losses[sorted[sorted.length - 1]][axis] - losses[sorted[0]][axis];
            crowding[sorted[0]] = Double.POSITIVE_INFINITY;
            crowding[sorted[sorted.length - 1]] = Double.POSITIVE_INFINITY;
            for (int i = 1; i < sorted.length - 1 && extent > 0; i++) {
                crowding[sorted[i]] += (losses[sorted[i + 1]][axis] - losses[sorted[i - 1]][axis]) / extent;
            }
        }
    }

    private static boolean dominates(double[] a, double[] b) {
        boolean better = false;
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
            better |= a[i] < b[i];
        }
        return better;
    }
}
