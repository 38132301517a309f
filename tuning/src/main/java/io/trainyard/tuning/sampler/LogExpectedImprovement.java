package io.trainyard.tuning.sampler;

import io.trainyard.tuning.sampler.GaussianProcess.Posterior;

/**
 * The logarithm of the expected improvement over the best value, which keeps its slope where the improvement itself is zero
 * to the last bit (Ament et al., "Unexpected Improvements to Expected Improvement", 2023, equation 9).
 *
 * <p>It counts less where a value would be mostly noise (Huang et al., "Global optimization of stochastic black-box systems via
 * sequential kriging meta-models", 2006: augmented expected improvement). Otherwise trials gather around the best place of a noisy
 * function, where the mean is known already, and stay there.
 */
final class LogExpectedImprovement {

    private final GaussianProcess process;
    private final double best;

    LogExpectedImprovement(GaussianProcess process, double best) {
        this.process = process;
        this.best = best;
    }

    double at(double[] point) {
        Posterior posterior = process.at(point);
        double deviation = Math.sqrt(posterior.variance());
        return logImprovement((posterior.mean() - best) / deviation) + StrictMath.log(deviation * share(posterior));
    }

    /** @param gradient is overwritten; 0 in the dimensions of choices */
    double at(double[] point, double[] gradient) {
        double[] varianceSlopes = new double[point.length];
        Posterior posterior = process.at(point, gradient, varianceSlopes);
        double deviation = Math.sqrt(posterior.variance());
        double z = (posterior.mean() - best) / deviation;
        double log = logImprovement(z);
        double byZ = slope(z, log);
        double noise = noiseShare(posterior);
        double byVariance = 0.5 * noise * (1 + noise) / posterior.variance();
        for (int d = 0; d < point.length; d++) {
            double deviationSlope = varianceSlopes[d] / (2 * deviation);
            gradient[d] = byZ * (gradient[d] - z * deviationSlope) / deviation
                    + deviationSlope / deviation
                    + byVariance * varianceSlopes[d];
        }
        return log + StrictMath.log(deviation * share(posterior));
    }

    /** The noise's share r of the deviation of a value. */
    private double noiseShare(Posterior posterior) {
        return Math.sqrt(process.noise() / (posterior.variance() + process.noise()));
    }

    /** What of an improvement counts, 1 - r, without the cancellation where the noise is nearly all. */
    private double share(Posterior posterior) {
        return posterior.variance() / ((posterior.variance() + process.noise()) * (1 + noiseShare(posterior)));
    }

    /** log(φ(z) + zΦ(z)). */
    static double logImprovement(double z) {
        if (z > -1) {
            return StrictMath.log(density(z) + z * Gaussian.tail(-z));
        }
        return -0.5 * z * z - Gaussian.LOG_SQRT_2_PI + StrictMath.log(Gaussian.millsDeficit(-z));
    }

    /** Its derivative, Φ(z) / (φ(z) + zΦ(z)). */
    private static double slope(double z, double log) {
        if (z > -1) {
            return Gaussian.tail(-z) / Exponential.of(log);
        }
        return Gaussian.mills(-z) / Gaussian.millsDeficit(-z);
    }

    private static double density(double z) {
        return Exponential.of(-0.5 * z * z - Gaussian.LOG_SQRT_2_PI);
    }
}
