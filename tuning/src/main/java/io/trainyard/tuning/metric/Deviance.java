package io.trainyard.tuning.metric;

/**
 * Mean unit deviances of the exponential dispersion families (Jørgensen 1997, "The theory of dispersion models"), as scikit-learn has
 * them.
 */
final class Deviance {

    private Deviance() {}

    @FunctionalInterface
    private interface Unit {
        double of(double label, double mean);
    }

    static WeightedMetric poisson(Predictions predictions) {
        return mean(predictions, 0, (y, mu) -> 2 * ((y == 0 ? 0 : y * Math.log(y / mu)) - y + mu));
    }

    static WeightedMetric gamma(Predictions predictions) {
        return mean(predictions, Double.MIN_VALUE, (y, mu) -> 2 * (Math.log(mu / y) + y / mu - 1));
    }

    static WeightedMetric tweedie(Predictions predictions) {
        double p = predictions.shape();
        if (!(p > 1 && p < 2)) {
            throw new IllegalArgumentException(
                    "Power of a Tweedie deviance is %s: must lie between 1 and 2".formatted(p));
        }
        return mean(
                predictions,
                0,
                (y, mu) -> 2
                        * (Math.pow(y, 2 - p) / ((1 - p) * (2 - p))
                                - y * Math.pow(mu, 1 - p) / (1 - p)
                                + Math.pow(mu, 2 - p) / (2 - p)));
    }

    /** @param smallest label that the family has */
    private static WeightedMetric mean(Predictions predictions, double smallest, Unit unit) {
        double[] label = predictions.label();
        double[] expected = predictions.singleScores();
        double[] loss = new double[label.length];
        for (int row = 0; row < loss.length; row++) {
            if (label[row] < smallest) {
                throw new IllegalArgumentException("Label of row %d is %s: it must be %s"
                        .formatted(row, label[row], smallest == 0 ? "at least 0" : "above 0"));
            }
            loss[row] = expected[row] > 0 ? unit.of(label[row], expected[row]) : Double.NaN;
        }
        return RowLoss.mean(loss);
    }
}
