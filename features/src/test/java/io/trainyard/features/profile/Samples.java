package io.trainyard.features.profile;

import io.trainyard.features.profile.NumberProfile.Scale;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/** Profiles of columns that tests write down or draw, without Spark. */
final class Samples {

    private Samples() {}

    static NumberProfiler profiler(String column) {
        return new NumberProfiler(column, Scale.NUMBER, (row, position) -> row.getDouble(position));
    }

    static NumberProfile numbers(String column, double... values) {
        NumberProfiler profiler = profiler(column);
        Arrays.stream(values).forEach(profiler::add);
        return profiler.profile();
    }

    static TextProfile texts(String column, Collection<String> values) {
        TextProfiler profiler = new TextProfiler(column);
        values.forEach(value -> profiler.add(UTF8String.fromString(value)));
        return profiler.profile();
    }

    static TextProfile texts(String column, String... values) {
        return texts(column, List.of(values));
    }

    static Profile of(ColumnProfile... columns) {
        return new Profile(columns[0].rows(), List.of(columns));
    }
}
