package io.trainyard.tuning.space;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * All points of a space whose parameters are countable, numbered. The values of an inactive parameter do not multiply the
 * points: a space with conditions has fewer points than its full product.
 */
public record Grid(SearchSpace space) {

    private static final long COUNTABLE = 100_000;

    /** How many points there are, {@link Long#MAX_VALUE} for that many and more; empty when they are not countable. */
    public OptionalLong size() {
        if (space.parameters().stream().anyMatch(parameter -> parameter.size().isEmpty())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(product(roots()));
    }

    /**
     * How many of the points the constraints admit; empty when the points are not countable. Too many to be counted one by one
     * are all taken for admitted.
     */
    public OptionalLong admitted() {
        OptionalLong size = size();
        if (size.isEmpty() || space.constraints().isEmpty() || size.getAsLong() > COUNTABLE) {
            return size;
        }
        return OptionalLong.of(LongStream.range(0, size.getAsLong())
                .filter(index -> space.admits(point(index)))
                .count());
    }

    /**
     * The point of a number, the last parameter changing fastest.
     *
     * @param index from 0 to {@link #size()} - 1
     */
    public Params point(long index) {
        return fill(Params.empty(), roots(), index);
    }

    private Params fill(Params params, List<Parameter> siblings, long index) {
        Params filled = params;
        long rest = index;
        for (int i = 0; i < siblings.size(); i++) {
            Parameter parameter = siblings.get(i);
            long below = product(siblings.subList(i + 1, siblings.size()));
            filled = choose(filled, parameter, rest / below);
            rest %= below;
        }
        return filled;
    }

    /** Sets a parameter and all below it to the subtree's assignment of a number. */
    private Params choose(Params params, Parameter parameter, long index) {
        if (!(parameter instanceof CategoricalParameter categorical)) {
            return params.with(parameter.name(), parameter.value(index));
        }
        long rest = index;
        for (String choice : categorical.choices()) {
            List<Parameter> children = children(categorical, choice);
            long points = product(children);
            if (rest < points) {
                return fill(params.with(parameter.name(), choice), children, rest);
            }
            rest -= points;
        }
        throw new IllegalArgumentException("Grid has no point %d under '%s'".formatted(index, parameter.name()));
    }

    /** How many assignments a parameter and all below it have. */
    private long count(Parameter parameter) {
        if (!(parameter instanceof CategoricalParameter categorical)) {
            return parameter.size().orElseThrow();
        }
        return categorical.choices().stream()
                .mapToLong(choice -> product(children(categorical, choice)))
                .reduce(0, Grid::saturatingSum);
    }

    private long product(List<Parameter> parameters) {
        return parameters.stream().mapToLong(this::count).reduce(1, Grid::saturatingProduct);
    }

    private List<Parameter> roots() {
        return space.parameters().stream()
                .filter(parameter -> parameter.condition().isEmpty())
                .toList();
    }

    private List<Parameter> children(CategoricalParameter parent, String choice) {
        return space.parameters().stream()
                .filter(child -> child.condition()
                        .filter(condition -> condition.parameter().equals(parent.name()))
                        .filter(condition -> condition.values().contains(choice))
                        .isPresent())
                .toList();
    }

    private static long saturatingProduct(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }

    private static long saturatingSum(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }
}
