package io.trainyard.tuning.sampler;

import java.util.Arrays;

/**
 * Bends values towards a normal distribution (Yeo and Johnson 2000), whatever their skew: a loss that spans many orders of
 * magnitude hides the differences between good values from a Gaussian process.
 */
final class PowerTransform {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int SECTIONS = 30;
    private static final double LARGEST_POWER = 2;

    private PowerTransform() {}

    /** The transformed values, of mean 0 and deviation 1; all 0 where all are equal. */
    static double[] of(double[] values) {
        double[] standard = standardised(values);
        return standardised(bent(standard, mostLikelyPower(standard)));
    }

    /** Golden sections on the likelihood of the power. */
    private static double mostLikelyPower(double[] values) {
        double low = -LARGEST_POWER;
        double high = LARGEST_POWER;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = likelihood(values, left);
        double atRight = likelihood(values, right);
        for (int i = 0; i < SECTIONS; i++) {
            if (atLeft > atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = likelihood(values, left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = likelihood(values, right);
            }
        }
        return (low + high) / 2;
    }

    /** Yeo and Johnson's equation 3.1. */
    private static double likelihood(double[] values, double power) {
        double[] bent = bent(values, power);
        double stretch = 0;
        for (double value : values) {
            stretch += Math.signum(value) * StrictMath.log1p(Math.abs(value));
        }
        return -0.5 * values.length * StrictMath.log(variance(bent, mean(bent))) + (power - 1) * stretch;
    }

    private static double[] bent(double[] values, double power) {
        return Arrays.stream(values)
                .map(value -> value < 0 ? -boxCox(-value, 2 - power) : boxCox(value, power))
                .toArray();
    }

    /** ((1 + x)^power - 1) / power. */
    private static double boxCox(double x, double power) {
        double log = StrictMath.log1p(x);
        return Math.abs(power) < 1e-9 ? log : StrictMath.expm1(power * log) / power;
    }

    private static double[] standardised(double[] values) {
        double mean = mean(values);
        double deviation = Math.sqrt(variance(values, mean));
        return Arrays.stream(values)
                .map(value -> deviation > 0 ? (value - mean) / deviation : 0)
                .toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    }
}
