package io.trainyard.tuning.metric;

/** The coefficient of determination, whose denominator is the spread about the mean under the same weights. */
final class Determination {

    private Determination() {}

    static WeightedMetric r2(Predictions predictions) {
        double[] label = predictions.label();
        double[] predicted = predictions.singleScores();
        return weight -> {
            double mean = mean(label, weight);
            double residual = 0;
            double spread = 0;
            for (int row = 0; row < label.length; row++) {
                double error = label[row] - predicted[row];
                double deviation = label[row] - mean;
                residual += weight[row] * error * error;
                spread += weight[row] * deviation * deviation;
            }
            return spread > 0 ? 1 - residual / spread : Double.NaN;
        };
    }

    private static double mean(double[] label, double[] weight) {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < label.length; row++) {
            sum += weight[row] * label[row];
            total += weight[row];
        }
        return sum / total;
    }
}
