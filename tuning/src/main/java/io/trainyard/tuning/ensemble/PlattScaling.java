package io.trainyard.tuning.ensemble;

import java.io.Serializable;

/**
 * Probabilities of two classes that mean what they say: the sigmoid of a · margin + b with the a and b of the greatest likelihood on rows
 * that the model was not fitted on (Platt 1999). The targets are Platt's, (n₊ + 1) / (n₊ + 2) for a positive row and 1 / (n₋ + 2) for a
 * negative one, so that separable margins do not lead to certainty; the fit is by Newton's method with a line search (Lin, Lin and Weng
 * 2007, "A note on Platt's probabilistic outputs for support vector machines").
 *
 * @param slope a, above 0 unless the margins are worse than none
 * @param intercept b
 */
public record PlattScaling(double slope, double intercept) implements Serializable {
    private static final int ITERATIONS = 100;
    private static final double SMALLEST_STEP = 1e-10;
    private static final double RIDGE = 1e-12;
    private static final double FLAT = 1e-8;

    /** What leaves margins as they are. */
    public static PlattScaling identity() {
        return new PlattScaling(1, 0);
    }

    /**
     * @param label 0 or 1, one a row
     * @param margin one a row
     * @param weight one a row
     */
    public static PlattScaling fit(double[] label, double[] margin, double[] weight) {
        double[] target = targets(label, weight);
        PlattScaling now = constant(label, weight);
        double loss = now.loss(target, margin, weight);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            Step step = now.newton(target, margin, weight);
            if (step.isFlat()) {
                return now;
            }
            double share = 1;
            PlattScaling next = now.moved(step, share);
            double nextLoss = next.loss(target, margin, weight);
            while (nextLoss > loss + 1e-4 * share * step.descent() && share > SMALLEST_STEP) {
                share /= 2;
                next = now.moved(step, share);
                nextLoss = next.loss(target, margin, weight);
            }
            if (share <= SMALLEST_STEP) {
                return now;
            }
            now = next;
            loss = nextLoss;
        }
        return now;
    }

    public double probability(double margin) {
        return Margins.sigmoid(slope * margin + intercept);
    }

    /** Where the fit begins: the odds of the labels for all margins alike. */
    private static PlattScaling constant(double[] label, double[] weight) {
        double positive = 0;
        double all = 0;
        for (int row = 0; row < label.length; row++) {
            positive += weight[row] * label[row];
            all += weight[row];
        }
        return new PlattScaling(0, Math.log((positive + 1) / (all - positive + 1)));
    }

    private static double[] targets(double[] label, double[] weight) {
        double positive = 0;
        double negative = 0;
        for (int row = 0; row < label.length; row++) {
            positive += weight[row] * label[row];
            negative += weight[row] * (1 - label[row]);
        }
        double[] target = new double[label.length];
        for (int row = 0; row < label.length; row++) {
            target[row] = label[row] == 1 ? (positive + 1) / (positive + 2) : 1 / (negative + 2);
        }
        return target;
    }

    /** Cross entropy, computed without the logarithm of a probability that has become 0. */
    private double loss(double[] target, double[] margin, double[] weight) {
        double loss = 0;
        for (int row = 0; row < target.length; row++) {
            double z = slope * margin[row] + intercept;
            loss += weight[row] * (Math.max(z, 0) - z * target[row] + Math.log1p(Math.exp(-Math.abs(z))));
        }
        return loss;
    }

    /** A direction, the gradient, and what the loss changes by to first order. */
    private record Step(double slope, double intercept, double gradientSlope, double gradientIntercept) {
        double descent() {
            return slope * gradientSlope + intercept * gradientIntercept;
        }

        boolean isFlat() {
            return Math.abs(gradientSlope) < FLAT && Math.abs(gradientIntercept) < FLAT;
        }
    }

    private Step newton(double[] target, double[] margin, double[] weight) {
        double gradientSlope = 0;
        double gradientIntercept = 0;
        double slopes = RIDGE;
        double mixed = 0;
        double intercepts = RIDGE;
        for (int row = 0; row < target.length; row++) {
            double p = probability(margin[row]);
            double error = weight[row] * (p - target[row]);
            double curvature = weight[row] * p * (1 - p);
            gradientSlope += error * margin[row];
            gradientIntercept += error;
            slopes += curvature * margin[row] * margin[row];
            mixed += curvature * margin[row];
            intercepts += curvature;
        }
        double determinant = slopes * intercepts - mixed * mixed;
        return new Step(
                -(intercepts * gradientSlope - mixed * gradientIntercept) / determinant,
                -(slopes * gradientIntercept - mixed * gradientSlope) / determinant,
                gradientSlope,
                gradientIntercept);
    }

    private PlattScaling moved(Step step, double share) {
        return new PlattScaling(slope + share * step.slope(), intercept + share * step.intercept());
    }
}
