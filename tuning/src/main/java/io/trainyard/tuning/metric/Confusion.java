package io.trainyard.tuning.metric;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Metrics of the classes that the scores decide on.
 *
 * @param sums weight by true class (row) and predicted class (column), row-major
 * @param classes how many classes there are
 */
@SuppressWarnings("ArrayRecordComponent") // Private to the package and never compared.
record Confusion(double[] sums, int classes) {

    static WeightedMetric of(Predictions predictions, ToDoubleFunction<Confusion> metric) {
        int classes = predictions.labelClasses();
        int[] cell = predictions.labelIndices();
        for (int row = 0; row < cell.length; row++) {
            cell[row] = cell[row] * classes + predicted(predictions, row);
        }
        CellSums cells = new CellSums(cell, classes * classes);
        return weight -> metric.applyAsDouble(new Confusion(cells.under(weight), classes));
    }

    double accuracy() {
        return right() / total();
    }

    double f1() {
        if (classes == 2) {
            return f1(1);
        }
        return IntStream.range(0, classes)
                .mapToDouble(this::f1)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** A constant prediction tells nothing of the label: 0, as in scikit-learn. */
    double mcc() {
        double total = total();
        double agreement = right() * total;
        double actualSpread = total * total;
        double predictedSpread = total * total;
        for (int index = 0; index < classes; index++) {
            agreement -= actual(index) * predicted(index);
            actualSpread -= actual(index) * actual(index);
            predictedSpread -= predicted(index) * predicted(index);
        }
        if (distinctLabels() < 2) {
            return Double.NaN;
        }
        return distinctPredictions() < 2 ? 0 : agreement / Math.sqrt(actualSpread * predictedSpread);
    }

    private double f1(int index) {
        return 2 * at(index, index) / (actual(index) + predicted(index));
    }

    private double right() {
        return IntStream.range(0, classes)
                .mapToDouble(index -> at(index, index))
                .sum();
    }

    private double total() {
        return IntStream.range(0, classes).mapToDouble(this::actual).sum();
    }

    private long distinctLabels() {
        return IntStream.range(0, classes).filter(index -> actual(index) > 0).count();
    }

    private long distinctPredictions() {
        return IntStream.range(0, classes).filter(index -> predicted(index) > 0).count();
    }

    private double actual(int index) {
        return IntStream.range(0, classes)
                .mapToDouble(other -> at(index, other))
                .sum();
    }

    private double predicted(int index) {
        return IntStream.range(0, classes)
                .mapToDouble(other -> at(other, index))
                .sum();
    }

    private double at(int actual, int predicted) {
        return sums[actual * classes + predicted];
    }

    /** The first of equally likely classes, as {@code numpy.argmax} has it; so class 1 of two needs more than one half. */
    private static int predicted(Predictions predictions, int row) {
        if (predictions.classes() == 1) {
            return predictions.scores()[row] > 0.5 ? 1 : 0;
        }
        int first = row * predictions.classes();
        int best = 0;
        for (int column = 1; column < predictions.classes(); column++) {
            if (predictions.scores()[first + column] > predictions.scores()[first + best]) {
                best = column;
            }
        }
        return best;
    }
}
