package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.Scale;
import io.trainyard.tuning.space.SearchSpace;
import java.util.List;
import java.util.OptionalInt;

/**
 * A space's points as points of a cube, one coordinate a parameter. A number, or a choice in an order, has its place in [0, 1);
 * of other choices the coordinate is the index. What is not active has a place that all points have that lack it, so that they do
 * not differ by it.
 */
final class UnitCube {

    /** The largest place below 1. */
    static final double END = Math.nextDown(1.0);

    private static final double MIDDLE = 0.5;
    private static final double NO_CHOICE = -1;

    private final SearchSpace space;
    private final List<Parameter> parameters;

    UnitCube(SearchSpace space) {
        this.space = space;
        this.parameters = space.parameters();
    }

    int dimension() {
        return parameters.size();
    }

    /** By dimension: whether two coordinates are either the same or not, and nothing between. */
    boolean[] categorical() {
        boolean[] categorical = new boolean[parameters.size()];
        for (int d = 0; d < categorical.length; d++) {
            categorical[d] = categorical(d);
        }
        return categorical;
    }

    boolean categorical(int dimension) {
        return parameters.get(dimension) instanceof CategoricalParameter words && !words.ordered();
    }

    /** How many values a dimension has; empty where they are very many, or not countable. */
    OptionalInt values(int dimension) {
        long size = parameters.get(dimension).size().orElse(Long.MAX_VALUE);
        return size > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) size);
    }

    /** Whether a point has a value in a dimension. */
    boolean active(int dimension, Params params) {
        return params.has(parameters.get(dimension).name());
    }

    double[] encode(Params params) {
        double[] point = new double[parameters.size()];
        for (int d = 0; d < point.length; d++) {
            String name = parameters.get(d).name();
            if (params.has(name)) {
                point[d] = place(d, params.value(name));
            } else {
                point[d] = categorical(d) ? NO_CHOICE : MIDDLE;
            }
        }
        return point;
    }

    /** The point of the space nearest to a point of the cube; a choice that has become active without a place is the first. */
    Params decode(double[] point) {
        Params params = Params.empty();
        for (int d = 0; d < point.length; d++) {
            Parameter parameter = parameters.get(d);
            if (space.isActive(parameter, params)) {
                Object value = categorical(d) ? parameter.value((long) Math.max(0, point[d])) : parameter.at(point[d]);
                params = params.with(parameter.name(), value);
            }
        }
        return params;
    }

    /** The coordinate of a dimension's value of this index. */
    double place(int dimension, int index) {
        return place(dimension, parameters.get(dimension).value(index));
    }

    private double place(int dimension, Object value) {
        Parameter parameter = parameters.get(dimension);
        if (parameter instanceof CategoricalParameter words) {
            int index = words.choices().indexOf(value);
            return words.ordered() ? place(words.scale(), index) : index;
        }
        Scale scale = parameter instanceof IntParameter whole ? whole.scale() : ((FloatParameter) parameter).scale();
        return place(scale, ((Number) value).doubleValue());
    }

    private static double place(Scale scale, double number) {
        double length = scale.end() - scale.start();
        return length > 0 ? Math.min(END, (scale.position(number) - scale.start()) / length) : MIDDLE;
    }
}
