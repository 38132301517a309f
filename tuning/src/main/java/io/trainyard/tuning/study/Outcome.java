package io.trainyard.tuning.study;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a trial ended. */
public sealed interface Outcome {

    /**
     * The trial ran to its end.
     *
     * @param values of the metrics that the study optimises, in their order; none is NaN: a trial without a value has
     *     {@link Failed}
     * @param measures whatever else is known, by name: rounds, seconds, other metrics
     */
    record Complete(List<Double> values, SortedMap<String, Double> measures) implements Outcome {
        public Complete {
            values = List.copyOf(values);
            values.forEach(Outcome::checkValue);
            measures = copy(measures);
        }

        public Complete(double value, SortedMap<String, Double> measures) {
            this(List.of(value), measures);
        }

        public Complete(double value) {
            this(value, new TreeMap<>());
        }

        /** The first metric's value. */
        public double value() {
            return values.get(0);
        }

        @Override
        public Complete rounded() {
            return new Complete(values.stream().map(Rounding::round).toList(), measures);
        }
    }

    /**
     * The trial was stopped because others were better at the same step.
     *
     * @param step how far it got, in the steps at which it reported
     * @param value the last one that it reported; never NaN
     */
    record Pruned(int step, double value, SortedMap<String, Double> measures) implements Outcome {
        public Pruned {
            checkValue(value);
            measures = copy(measures);
        }

        public Pruned(int step, double value) {
            this(step, value, new TreeMap<>());
        }

        @Override
        public Pruned rounded() {
            return new Pruned(step, Rounding.round(value), measures);
        }
    }

    /** The configuration does not work; it is avoided and not tried again. */
    record Failed(String reason) implements Outcome {}

    /** The machine was lost, which says nothing of the configuration: the trial is handed out again. */
    record Lost(String reason) implements Outcome {}

    /** With the value to 12 significant digits: two that differ only by the order of a summation become the same. */
    default Outcome rounded() {
        return this;
    }

    private static void checkValue(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("A trial cannot end with the value NaN: tell Failed and the reason");
        }
    }

    private static SortedMap<String, Double> copy(SortedMap<String, Double> measures) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(measures));
    }
}
