package io.trainyard.tuning.sampler;

import io.trainyard.tuning.sampler.GaussianProcess.Kernel;
import java.util.Arrays;

/**
 * The most probable kernel for some values (maximum a posteriori): the marginal likelihood of Rasmussen and Williams (2006),
 * equation 5.8 with the gradient of 5.9, times priors.
 */
final class KernelFit {

    private static final double SMALLEST_NOISE = 1e-6;
    private static final int ITERATIONS = 40;
    private static final double TOLERANCE = 1e-3;

    /** Bounds of the logarithms, wide enough never to matter but for overflow. */
    private static final double FARTHEST = StrictMath.log(1e6);

    private static final double FIRST_NOISE = StrictMath.log(1e-3);

    /**
     * A length is log-normal, its logarithm with this mean more than half the dimension's logarithm: points of a cube are farther
     * apart in more dimensions (Hvarfner et al., "Vanilla Bayesian optimization performs great in high dimensions", 2024). The
     * lengths are shorter than there, which explores more: half of the studies on Hartmann's function ended in the wrong valley
     * otherwise.
     */
    private static final double LENGTH_MEAN = -1.5;

    private static final double LENGTH_DEVIATION = 0.5;

    /** The noise has a gamma distribution, as has the signal with shape 2 and rate 1 (Optuna's {@code prior.py}). */
    private static final double NOISE_SHAPE = 1.1;

    private static final double NOISE_RATE = 30;

    /** The logarithms of a warping's exponents are normal around none, with this deviation. */
    private static final double WARP_DEVIATION = 0.5;

    private final double[] values;
    private final int dimension;
    private final Axis[] axes;

    /** Where the logarithms are among the variables: first of the inverse squared lengths, a dimension each. */
    private final int signal;

    private final int noise;
    /** Of the warping's exponents, a dimension each. */
    private final int a;

    private final int b;

    KernelFit(double[][] points, boolean[] categorical, double[] values) {
        this.values = values;
        this.dimension = categorical.length;
        this.axes = new Axis[dimension];
        Arrays.setAll(axes, d -> new Axis(points, d, categorical[d]));
        this.signal = dimension;
        this.noise = dimension + 1;
        this.a = dimension + 2;
        this.b = a + dimension;
    }

    /** @throws ArithmeticException when no kernel was found that gives a positive definite matrix */
    Kernel fit() {
        double[] start = new double[b + dimension];
        Arrays.fill(start, 0, dimension, -2 * logLengthMean());
        start[noise] = FIRST_NOISE;
        double[] low = new double[start.length];
        double[] high = new double[start.length];
        Arrays.fill(low, -FARTHEST);
        Arrays.fill(high, FARTHEST);
        return kernel(new BoxMinimizer(ITERATIONS, TOLERANCE)
                .minimize(this::loss, start, low, high)
                .point());
    }

    private double logLengthMean() {
        return LENGTH_MEAN + 0.5 * StrictMath.log(dimension);
    }

    private Kernel kernel(double[] logs) {
        return new Kernel(
                new Warping(exponentials(logs, a), exponentials(logs, b)),
                exponentials(logs, 0),
                Exponential.of(logs[signal]),
                SMALLEST_NOISE + Exponential.of(logs[noise]));
    }

    private double[] exponentials(double[] logs, int from) {
        double[] exponentials = new double[dimension];
        Arrays.setAll(exponentials, d -> Exponential.of(logs[from + d]));
        return exponentials;
    }

    /** The negative logarithm of the posterior density, but for a constant. */
    double loss(double[] logs, double[] gradient) {
        Kernel kernel = kernel(logs);
        double[][] warped =
                Arrays.stream(axes).map(axis -> axis.warped(kernel.warping())).toArray(double[][]::new);
        double[] slopes = new double[values.length * (values.length - 1) / 2];
        Cholesky factor;
        try {
            factor = Cholesky.of(covariances(kernel, warped, slopes));
        } catch (ArithmeticException singular) {
            return Double.POSITIVE_INFINITY;
        }
        double[] weights = factor.solve(values);
        double fit = dot(values, weights);
        double trace = weigh(slopes, weights, factor.inverse());
        for (int d = 0; d < dimension; d++) {
            double scale = kernel.inverseSquaredLengths()[d];
            Axis.Slopes byDistance = axes[d].slopes(warped[d], kernel.warping(), slopes);
            gradient[d] = -scale * byDistance.byScale();
            gradient[a + d] = -scale * byDistance.byA();
            gradient[b + d] = -scale * byDistance.byB();
        }
        // tr((ααᵀ - K⁻¹) K) is yᵀα - n; the noise on the diagonal is no part of the signal.
        gradient[signal] = -0.5 * (fit - values.length - kernel.noise() * trace);
        gradient[noise] = -0.5 * trace * (kernel.noise() - SMALLEST_NOISE);
        return 0.5 * (fit + factor.logDeterminant()) + priors(logs, kernel, gradient);
    }

    /** @param slopes by pair: set to the covariance's derivative by the squared distance */
    private double[][] covariances(Kernel kernel, double[][] warped, double[] slopes) {
        double[] squared = new double[slopes.length];
        for (int d = 0; d < dimension; d++) {
            axes[d].addDistances(warped[d], kernel.inverseSquaredLengths()[d], squared);
        }
        double[][] covariances = new double[values.length][];
        int pair = 0;
        for (int i = 0; i < values.length; i++) {
            covariances[i] = new double[i + 1];
            for (int j = 0; j < i; j++, pair++) {
                double root = Math.sqrt(5 * squared[pair]);
                double decay = kernel.signal() * Exponential.of(-root);
                covariances[i][j] = decay * (5.0 / 3 * squared[pair] + root + 1);
                slopes[pair] = -5.0 / 6 * (1 + root) * decay;
            }
            covariances[i][i] = kernel.signal() + kernel.noise();
        }
        return covariances;
    }

    /** Multiplies each pair's slope with its element of ααᵀ - K⁻¹, and returns that matrix's trace. */
    private static double weigh(double[] slopes, double[] weights, double[][] inverse) {
        double trace = 0;
        int pair = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < i; j++, pair++) {
                slopes[pair] *= weights[i] * weights[j] - inverse[i][j];
            }
            trace += weights[i] * weights[i] - inverse[i][i];
        }
        return trace;
    }

    private double priors(double[] logs, Kernel kernel, double[] gradient) {
        double loss = 0;
        for (int d = 0; d < dimension; d++) {
            double z = (-0.5 * logs[d] - logLengthMean()) / LENGTH_DEVIATION;
            loss += 0.5 * z * z;
            gradient[d] -= 0.5 * z / LENGTH_DEVIATION;
        }
        for (int exponent = a; exponent < logs.length; exponent++) {
            double z = logs[exponent] / WARP_DEVIATION;
            loss += 0.5 * z * z;
            gradient[exponent] += z / WARP_DEVIATION;
        }
        loss += kernel.signal() - logs[signal];
        gradient[signal] += kernel.signal() - 1;
        double aboveLeast = kernel.noise() - SMALLEST_NOISE;
        loss += NOISE_RATE * aboveLeast - (NOISE_SHAPE - 1) * logs[noise];
        gradient[noise] += NOISE_RATE * aboveLeast - (NOISE_SHAPE - 1);
        return loss;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
