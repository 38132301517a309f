package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.Scale;
import java.util.List;

/** A parameter's values in few cells, of which the density of points is known: by choice, or along its scale. */
sealed interface Cells {

    static Cells of(Parameter parameter) {
        return parameter instanceof CategoricalParameter words ? new Choices(words) : new Range(parameter);
    }

    Parameter parameter();

    int count();

    /** The cell of a value, from 0 to {@link #count()} - 1. */
    int cell(Object value);

    /** Whether neighbouring cells are more alike than others. */
    boolean inOrder();

    /**
     * The probability of each cell.
     *
     * @param points at least one; each has a value for the parameter
     */
    default double[] density(List<Params> points) {
        int[] counts = new int[count()];
        points.forEach(point -> counts[cell(point.value(parameter().name()))]++);
        return inOrder() ? CellDensity.smooth(counts) : CellDensity.ofChoices(counts);
    }

    /** A cell a choice. */
    record Choices(CategoricalParameter parameter) implements Cells {
        @Override
        public int count() {
            return parameter.choices().size();
        }

        @Override
        public int cell(Object value) {
            return parameter.choices().indexOf(value);
        }

        @Override
        public boolean inOrder() {
            return parameter.ordered();
        }
    }

    /** Cells of equal length, the first and last around the ends of the range. */
    record Range(Parameter parameter) implements Cells {

        private static final long MOST = 50;

        /** Whole numbers are few at the lower end of a logarithm, where smaller cells would be empty. */
        @Override
        public int count() {
            long values = parameter.size().orElse(MOST);
            long cells = scale().log() && parameter instanceof IntParameter
                    ? Long.SIZE - Long.numberOfLeadingZeros(values - 1) + 1
                    : values;
            return (int) Math.min(MOST, cells);
        }

        @Override
        public int cell(Object value) {
            Scale scale = scale();
            double low = scale.position(scale.low());
            double length = (scale.position(scale.high()) - low) / (count() - 1);
            double place = (scale.position(((Number) value).doubleValue()) - low) / length;
            return (int) Math.max(0, Math.min(count() - 1, StrictMath.ceil(place - 0.5)));
        }

        @Override
        public boolean inOrder() {
            return true;
        }

        private Scale scale() {
            return parameter instanceof IntParameter whole ? whole.scale() : ((FloatParameter) parameter).scale();
        }
    }
}
