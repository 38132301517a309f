package io.trainyard.tuning.sampler;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds a local minimum within bounds, by L-BFGS (Nocedal and Wright, "Numerical Optimization", algorithm 7.5) on the
 * variables that no bound holds, with a backtracking search along the projected path.
 *
 * @param iterations at most
 * @param tolerance stops when a step lowers the value by less
 */
record BoxMinimizer(int iterations, double tolerance) {

    private static final int MEMORY = 8;
    private static final int BACKTRACKS = 12;
    /** The share of the decrease that the gradient promises which a step must keep (Armijo). */
    private static final double SUFFICIENT = 1e-4;

    /** A function with its gradient. */
    @FunctionalInterface
    interface Differentiable {
        /** @param gradient is overwritten */
        double value(double[] point, double[] gradient);
    }

    /** A point and its value. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Minimum(double[] point, double value) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Update(double[] step, double[] change, double inverse) {}

    Minimum minimize(Differentiable function, double[] start, double[] low, double[] high) {
        double[] point = clamp(start, low, high);
        double[] gradient = new double[point.length];
        double value = function.value(point, gradient);
        Deque<Update> memory = new ArrayDeque<>();
        for (int iteration = 0; iteration < iterations; iteration++) {
            boolean[] free = free(point, gradient, low, high);
            double[] direction = direction(gradient, free, memory);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                if (memory.isEmpty()) {
                    break;
                }
                memory.clear();
                continue;
            }
            double scale = memory.isEmpty() ? Math.min(1, 0.1 / largest(direction)) : 1;
            double[] next = point;
            double[] nextGradient = new double[point.length];
            double nextValue = Double.NaN;
            int tries = 0;
            for (; tries < BACKTRACKS; tries++) {
                next = moved(point, direction, scale, low, high);
                nextValue = function.value(next, nextGradient);
                if (nextValue <= value + SUFFICIENT * decrease(gradient, point, next)) {
                    break;
                }
                scale *= tries < 3 ? 0.4 : 0.1;
            }
            if (tries == BACKTRACKS) {
                if (memory.isEmpty()) {
                    break;
                }
                memory.clear();
                continue;
            }
            remember(memory, difference(next, point), difference(nextGradient, gradient));
            double gain = value - nextValue;
            point = next;
            value = nextValue;
            gradient = nextGradient;
            if (gain < tolerance) {
                break;
            }
        }
        return new Minimum(point, value);
    }

    /** Whether a variable may move: at a bound, only where the way down leads inside. */
    private static boolean[] free(double[] point, double[] gradient, double[] low, double[] high) {
        boolean[] free = new boolean[point.length];
        for (int i = 0; i < point.length; i++) {
            free[i] = low[i] < high[i]
                    && !(point[i] <= low[i] && gradient[i] > 0)
                    && !(point[i] >= high[i] && gradient[i] < 0);
        }
        return free;
    }

    private static double[] direction(double[] gradient, boolean[] free, Deque<Update> memory) {
        double[] direction = new double[gradient.length];
        for (int i = 0; i < gradient.length; i++) {
            direction[i] = free[i] ? -gradient[i] : 0;
        }
        double[] weights = new double[memory.size()];
        int index = 0;
        for (Iterator<Update> newest = memory.descendingIterator(); newest.hasNext(); index++) {
            Update update = newest.next();
            weights[index] = update.inverse() * dot(update.step(), direction);
            add(direction, -weights[index], update.change());
        }
        if (!memory.isEmpty()) {
            Update newest = memory.getLast();
            double scale = 1 / (newest.inverse() * dot(newest.change(), newest.change()));
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (Update update : memory) {
            index--;
            double weight = update.inverse() * dot(update.change(), direction);
            add(direction, weights[index] - weight, update.step());
        }
        for (int i = 0; i < direction.length; i++) {
            if (!free[i]) {
                direction[i] = 0;
            }
        }
        return direction;
    }

    private static void remember(Deque<Update> memory, double[] step, double[] change) {
        double curvature = dot(step, change);
        if (curvature > 1e-10 * dot(change, change)) {
            memory.addLast(new Update(step, change, 1 / curvature));
            if (memory.size() > MEMORY) {
                memory.removeFirst();
            }
        }
    }

    private static double[] moved(double[] point, double[] direction, double scale, double[] low, double[] high) {
        double[] moved = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            moved[i] = Math.max(low[i], Math.min(high[i], point[i] + scale * direction[i]));
        }
        return moved;
    }

    private static double decrease(double[] gradient, double[] from, double[] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += gradient[i] * (to[i] - from[i]);
        }
        return Math.min(0, sum);
    }

    private static double[] clamp(double[] point, double[] low, double[] high) {
        return moved(point, new double[point.length], 0, low, high);
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    private static void add(double[] target, double scale, double[] values) {
        for (int i = 0; i < target.length; i++) {
            target[i] += scale * values[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }
}
