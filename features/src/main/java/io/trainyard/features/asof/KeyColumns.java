package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/** The columns that events and examples meet in, by name. */
final class KeyColumns {

    private KeyColumns() {}

    static String name(int key) {
        return "key" + key;
    }

    /** Nullable and without metadata, whatever it is made of: so both sides declare it alike. */
    static Column declared(Column value, String name) {
        return when(lit(true), value).as(name);
    }

    static List<Column> all(List<JoinKey> keys) {
        return IntStream.range(0, keys.size()).mapToObj(i -> col(name(i))).toList();
    }

    /** All columns of a key in one. */
    static Column together(List<Column> keys) {
        return struct(keys.toArray(Column[]::new)).as("key");
    }

    /** The examples' keys. */
    static List<Column> ofExamples(List<JoinKey> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> declared(
                        keys.get(i).of(col(ExampleColumns.name(keys.get(i).example()))), name(i)))
                .toList();
    }

    /** Whether keys can match anything. */
    static Column match(List<JoinKey> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> keys.get(i).matches(col(name(i))))
                .reduce(lit(true), Column::and);
    }
}
