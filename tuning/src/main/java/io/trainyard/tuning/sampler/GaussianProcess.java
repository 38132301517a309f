package io.trainyard.tuning.sampler;

import java.util.Arrays;

/**
 * A Gaussian process with a Matérn 5/2 kernel that has one length a dimension (Rasmussen and Williams, "Gaussian Processes for
 * Machine Learning", 2006): the posterior mean and variance of a function from some of its values.
 */
final class GaussianProcess {

    /**
     * What a covariance is made of.
     *
     * @param warping of points before their distances are taken
     * @param inverseSquaredLengths by dimension
     * @param signal variance of the function
     * @param noise variance of a value around the function
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Kernel(Warping warping, double[] inverseSquaredLengths, double signal, double noise) {

        double covariance(double squaredDistance) {
            return signal * matern(squaredDistance);
        }
    }

    private static final double SMALLEST_VARIANCE = 1e-12;

    /** Warped. */
    private final double[][] points;

    private final boolean[] categorical;
    private final double[] values;
    private final Kernel kernel;
    private final Cholesky factor;
    /** K⁻¹ y. */
    private final double[] weights;

    /** K⁻¹, which is needed only for slopes. */
    private double[][] inverse;

    private GaussianProcess(double[][] points, boolean[] categorical, double[] values, Kernel kernel, Cholesky factor) {
        this.points = points;
        this.categorical = categorical;
        this.values = values;
        this.kernel = kernel;
        this.factor = factor;
        this.weights = factor.solve(values);
    }

    /**
     * @param unwarped points of the unit cube, by row
     * @param categorical by dimension: whether two coordinates are only the same or not
     * @param values of mean 0 and variance about 1
     */
    static GaussianProcess of(double[][] unwarped, boolean[] categorical, double[] values, Kernel kernel) {
        double[][] points = Arrays.stream(unwarped)
                .map(point -> kernel.warping().of(point, categorical))
                .toArray(double[][]::new);
        double[][] covariances = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            covariances[i] = new double[i + 1];
            for (int j = 0; j < i; j++) {
                covariances[i][j] = kernel.covariance(distance(points[i], points[j], categorical, kernel));
            }
            covariances[i][i] = kernel.signal() + kernel.noise();
        }
        return new GaussianProcess(points, categorical, values, kernel, Cholesky.of(covariances));
    }

    /** exp(-√5r²)(5/3 r² + √5r² + 1) at a squared distance r². */
    static double matern(double squaredDistance) {
        double root = Math.sqrt(5 * squaredDistance);
        return Exponential.of(-root) * (5.0 / 3 * squaredDistance + root + 1);
    }

    /** The derivative of {@link #matern} by the squared distance. */
    static double maternSlope(double squaredDistance) {
        double root = Math.sqrt(5 * squaredDistance);
        return -5.0 / 6 * (1 + root) * Exponential.of(-root);
    }

    /** The variance of a value around the function. */
    double noise() {
        return kernel.noise();
    }

    /** The posterior mean at a point. */
    double mean(double[] point) {
        return dot(weights, covariances(warped(point)));
    }

    /** The posterior at a point. */
    Posterior at(double[] point) {
        double[] covariances = covariances(warped(point));
        double[] solved = factor.solveLower(covariances);
        return new Posterior(dot(weights, covariances), variance(dot(solved, solved)));
    }

    /** The posterior at a point, and its derivatives by the coordinates that are numbers. */
    Posterior at(double[] point, double[] meanSlopes, double[] varianceSlopes) {
        double[] warped = warped(point);
        double[] covariances = covariances(warped);
        double[] solved = multiplyInverse(covariances);
        Arrays.fill(meanSlopes, 0);
        Arrays.fill(varianceSlopes, 0);
        for (int i = 0; i < points.length; i++) {
            double slope = 2 * kernel.signal() * maternSlope(distance(warped, points[i], categorical, kernel));
            for (int d = 0; d < point.length; d++) {
                if (!categorical[d]) {
                    double change = slope * kernel.inverseSquaredLengths()[d] * (warped[d] - points[i][d]);
                    meanSlopes[d] += weights[i] * change;
                    varianceSlopes[d] -= 2 * solved[i] * change;
                }
            }
        }
        for (int d = 0; d < point.length; d++) {
            if (!categorical[d]) {
                double stretch = kernel.warping().slope(d, point[d]);
                meanSlopes[d] *= stretch;
                varianceSlopes[d] *= stretch;
            }
        }
        return new Posterior(dot(weights, covariances), variance(dot(solved, covariances)));
    }

    /** A normal distribution. */
    record Posterior(double mean, double variance) {}

    /** This process after it has seen, at one point more, what it expects there. */
    GaussianProcess believing(double[] point) {
        double[] warped = warped(point);
        double[][] morePoints = Arrays.copyOf(points, points.length + 1);
        morePoints[points.length] = warped;
        double[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreValues[values.length] = mean(point);
        Cholesky extended = factor.extended(covariances(warped), kernel.signal() + kernel.noise());
        return new GaussianProcess(morePoints, categorical, moreValues, kernel, extended);
    }

    private double variance(double explained) {
        return Math.max(SMALLEST_VARIANCE, kernel.signal() - explained);
    }

    private double[] warped(double[] point) {
        return kernel.warping().of(point, categorical);
    }

    private double[] covariances(double[] point) {
        double[] covariances = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            covariances[i] = kernel.covariance(distance(point, points[i], categorical, kernel));
        }
        return covariances;
    }

    private double[] multiplyInverse(double[] vector) {
        if (inverse == null) {
            inverse = factor.inverse();
        }
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            product[i] = dot(inverse[i], vector);
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        return Cholesky.dot(a, b, a.length);
    }

    private static double distance(double[] a, double[] b, boolean[] categorical, Kernel kernel) {
        double sum = 0;
        double[] inverseSquaredLengths = kernel.inverseSquaredLengths();
        for (int d = 0; d < a.length; d++) {
            sum += inverseSquaredLengths[d] * squaredDifference(a[d], b[d], categorical[d]);
        }
        return sum;
    }

    private static double squaredDifference(double a, double b, boolean categorical) {
        if (categorical) {
            return a == b ? 0 : 1;
        }
        double difference = a - b;
        return difference * difference;
    }
}
