package io.trainyard.tuning.sampler;

/**
 * Stretches each coordinate of a cube where a function changes fast, and shrinks it where it hardly changes, so that one length fits
 * the whole dimension: by Kumaraswamy's distribution function 1 - (1 - xᵃ)ᵇ (Snoek et al., "Input warping for Bayesian optimization of
 * non-stationary functions", 2014).
 *
 * @param a by dimension
 * @param b by dimension; 1 and 1 change nothing
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Warping(double[] a, double[] b) {

    /** At the very edges of the cube slopes may be infinite. */
    private static final double EDGE = 1e-4;

    private static final double INSIDE = 1 - 2 * EDGE;

    /** The logarithm of a coordinate, which is all that is ever needed of it. */
    static double log(double place) {
        return StrictMath.log(EDGE + INSIDE * place);
    }

    /** A point of which the coordinates that are numbers are warped. */
    double[] of(double[] point, boolean[] categorical) {
        double[] warped = point.clone();
        for (int d = 0; d < point.length; d++) {
            if (!categorical[d]) {
                warped[d] = at(d, log(point[d]));
            }
        }
        return warped;
    }

    double at(int d, double log) {
        return 1 - Exponential.of(b[d] * logRest(d, log));
    }

    /** The derivative by the coordinate. */
    double slope(int d, double place) {
        double log = log(place);
        return INSIDE * a[d] * b[d] * Exponential.of((a[d] - 1) * log + (b[d] - 1) * logRest(d, log));
    }

    /** The derivative by the logarithm of {@code a}. */
    double slopeByLogA(int d, double log) {
        return a[d] * b[d] * log * Exponential.of(a[d] * log + (b[d] - 1) * logRest(d, log));
    }

    /** The derivative by the logarithm of {@code b}. */
    double slopeByLogB(int d, double log) {
        double rest = b[d] * logRest(d, log);
        return -rest * Exponential.of(rest);
    }

    /** log(1 - xᵃ). */
    private double logRest(int d, double log) {
        return StrictMath.log1p(-Exponential.of(a[d] * log));
    }
}
