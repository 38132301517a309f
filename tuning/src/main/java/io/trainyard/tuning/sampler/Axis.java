package io.trainyard.tuning.sampler;

/** One coordinate of some points: what it adds to the distance of each pair, and how that changes with its {@link Warping}. */
final class Axis {

    private final int dimension;
    private final boolean categorical;
    private final double[] places;
    /** Of numbers, {@link Warping#log}. */
    private final double[] logs;

    Axis(double[][] points, int dimension, boolean categorical) {
        this.dimension = dimension;
        this.categorical = categorical;
        this.places = new double[points.length];
        this.logs = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            places[i] = points[i][dimension];
            logs[i] = categorical ? 0 : Warping.log(places[i]);
        }
    }

    double[] warped(Warping warping) {
        if (categorical) {
            return places;
        }
        double[] warped = new double[places.length];
        for (int i = 0; i < warped.length; i++) {
            warped[i] = warping.at(dimension, logs[i]);
        }
        return warped;
    }

    /** @param squared by pair, each point with those before it: the scaled squared differences are added */
    void addDistances(double[] warped, double scale, double[] squared) {
        int pair = 0;
        for (int i = 0; i < warped.length; i++) {
            double place = warped[i];
            for (int j = 0; j < i; j++, pair++) {
                double difference = place - warped[j];
                squared[pair] += scale * (categorical ? distinct(difference) : difference * difference);
            }
        }
    }

    /**
     * Derivatives of the sum of all pairs' weighted squared distances.
     *
     * @param byScale by the logarithm of what they are scaled by, over the scale
     * @param byA by the logarithm of the warping's a, over the scale
     * @param byB by the logarithm of the warping's b, over the scale
     */
    record Slopes(double byScale, double byA, double byB) {}

    Slopes slopes(double[] warped, Warping warping, double[] weights) {
        double byScale = 0;
        double[] byPlace = new double[warped.length];
        int pair = 0;
        for (int i = 0; i < warped.length; i++) {
            double place = warped[i];
            double sum = 0;
            for (int j = 0; j < i; j++, pair++) {
                double difference = place - warped[j];
                double pull = weights[pair] * difference;
                byScale += categorical ? weights[pair] * distinct(difference) : pull * difference;
                sum += pull;
                byPlace[j] -= 2 * pull;
            }
            byPlace[i] += 2 * sum;
        }
        double byA = 0;
        double byB = 0;
        if (!categorical) {
            for (int i = 0; i < warped.length; i++) {
                byA += byPlace[i] * warping.slopeByLogA(dimension, logs[i]);
                byB += byPlace[i] * warping.slopeByLogB(dimension, logs[i]);
            }
        }
        return new Slopes(byScale, byA, byB);
    }

    private static double distinct(double difference) {
        return difference == 0 ? 0 : 1;
    }
}
