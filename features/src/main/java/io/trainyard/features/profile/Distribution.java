package io.trainyard.features.profile;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllDoublesSketchIterator;

/** A distribution of finite values as a step function: it jumps at each value by the share of values that are equal to it. */
public final class Distribution {

    private final double[] values;
    private final double[] shares; // of values up to this one, itself included
    private final double count;

    private Distribution(double[] values, double[] upTo) {
        this.values = values;
        this.count = upTo.length == 0 ? 0 : upTo[upTo.length - 1];
        this.shares = Arrays.stream(upTo).map(weight -> weight / count).toArray();
    }

    static Distribution of(KllDoublesSketch sketch) {
        double[] values = new double[sketch.getNumRetained()];
        double[] weights = new double[values.length];
        KllDoublesSketchIterator kept = sketch.iterator();
        for (int i = 0; i < values.length && kept.next(); i++) {
            values[i] = kept.getValue();
            weights[i] = kept.getWeight();
        }
        return of(values, weights);
    }

    /** Of values, in any order, each of which occurs so often. */
    static Distribution of(double[] values, double[] weights) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] distinct = new double[values.length];
        double[] upTo = new double[values.length];
        int length = 0;
        double sum = 0;
        for (int i : order) {
            if (length == 0 || values[i] != distinct[length - 1]) {
                distinct[length++] = values[i];
            }
            sum += weights[i];
            upTo[length - 1] = sum;
        }
        return new Distribution(Arrays.copyOf(distinct, length), Arrays.copyOf(upTo, length));
    }

    /** How many values it is of. */
    public double count() {
        return count;
    }

    /** Different values at which it jumps, ascending. */
    double[] values() {
        return values.clone();
    }

    /** The share of values that are no greater, in [0, 1]; 0 without values. */
    public double shareUpTo(double value) {
        int found = Arrays.binarySearch(values, value);
        int last = found >= 0 ? found : -found - 2;
        return last < 0 ? 0 : shares[last];
    }

    /**
     * The least value that at least so large a share of values does not exceed.
     *
     * @param share in (0, 1]
     * @throws IllegalStateException if there are no values
     */
    public double quantile(double share) {
        if (count == 0) {
            throw new IllegalStateException("Nothing has no quantiles; ask for the count first");
        }
        int found = Arrays.binarySearch(shares, share);
        int least = found >= 0 ? found : -found - 1;
        return values[Math.min(least, values.length - 1)];
    }

    /** The mean of its values once those beyond the bounds are moved to them. */
    double mean(double low, double high) {
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += (shares[i] - before(i)) * clipped(i, low, high);
        }
        return mean;
    }

    /** The standard deviation of its values once those beyond the bounds are moved to them. */
    double deviation(double low, double high) {
        double mean = mean(low, high);
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            double distance = clipped(i, low, high) - mean;
            variance += (shares[i] - before(i)) * distance * distance;
        }
        return Math.sqrt(variance);
    }

    private double clipped(int i, double low, double high) {
        return Math.max(low, Math.min(values[i], high));
    }

    /** The greatest distance between the shares of values up to any: the statistic of Kolmogorov and Smirnov, in [0, 1]. */
    public double kolmogorovSmirnov(Distribution other) {
        double greatest = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < values.length || theirs < other.values.length) {
            double next = next(other, mine, theirs);
            mine += mine < values.length && values[mine] == next ? 1 : 0;
            theirs += theirs < other.values.length && other.values[theirs] == next ? 1 : 0;
            greatest = Math.max(greatest, Math.abs(before(mine) - other.before(theirs)));
        }
        return greatest;
    }

    /**
     * The area between the shares of values up to any: Wasserstein's first distance, in units of the values, once values beyond the
     * bounds are moved to them.
     */
    public double wasserstein(Distribution other, double low, double high) {
        double area = 0;
        double last = low;
        int mine = 0;
        int theirs = 0;
        while (mine < values.length || theirs < other.values.length) {
            double next = next(other, mine, theirs);
            double at = Math.max(low, Math.min(next, high));
            if (at > last) {
                area += Math.abs(before(mine) - other.before(theirs)) * (at - last);
                last = at;
            }
            mine += mine < values.length && values[mine] == next ? 1 : 0;
            theirs += theirs < other.values.length && other.values[theirs] == next ? 1 : 0;
        }
        return area;
    }

    private double next(Distribution other, int mine, int theirs) {
        double ours = mine < values.length ? values[mine] : Double.POSITIVE_INFINITY;
        double others = theirs < other.values.length ? other.values[theirs] : Double.POSITIVE_INFINITY;
        return Math.min(ours, others);
    }

    private double before(int i) {
        return i == 0 ? 0 : shares[i - 1];
    }
}
