package io.trainyard.features.asof;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;

import io.trainyard.features.source.NearestName;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The examples' columns, which go through the join under names of its own: so theirs can be anything.
 *
 * @param time position of the time at which features are wanted
 */
record ExampleColumns(StructType schema, int time) {

    static ExampleColumns of(StructType schema, String time) {
        int position = position(schema, "join features", time);
        DataType type = schema.fields()[position].dataType();
        if (!(type instanceof TimestampType)) {
            throw new SourceException(
                    "Cannot join features at the examples' time '%s': it is of type %s; cast it to timestamp"
                            .formatted(time, type.simpleString()));
        }
        return new ExampleColumns(schema, position);
    }

    static String name(int position) {
        return "example" + position;
    }

    int size() {
        return schema.size();
    }

    int position(View view, String column) {
        return position(schema, "join view '%s'".formatted(view.name()), column);
    }

    DataType type(int position) {
        return schema.fields()[position].dataType();
    }

    /** In microseconds since 1970. */
    Column timeColumn() {
        return unix_micros(col(name(time)));
    }

    /** Refuses features whose names the examples have already. */
    void requireFree(View view) {
        for (String feature : view.features()) {
            for (String column : schema.fieldNames()) {
                if (column.equalsIgnoreCase(feature)) {
                    throw new SourceException(
                            "Cannot join view '%s': the examples have a column '%s' already; rename it, or the view"
                                    .formatted(view.name(), column));
                }
            }
        }
    }

    Dataset<Row> renamed(Dataset<Row> examples) {
        return examples.toDF(
                IntStream.range(0, size()).mapToObj(ExampleColumns::name).toArray(String[]::new));
    }

    /** All columns of examples, and what was added to them, in one. */
    static Column together(String[] examples) {
        return struct(Arrays.stream(examples).map(name -> col(quoted(name))).toArray(Column[]::new))
                .as("example");
    }

    Dataset<Row> restored(Dataset<Row> joined, List<Feature> features) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            StructField field = schema.fields()[i];
            columns.add(col(name(i)).as(field.name(), field.metadata()));
        }
        for (Feature feature : features) {
            columns.add(col(quoted(feature.name())));
        }
        return joined.select(columns.toArray(Column[]::new));
    }

    private static int position(StructType schema, String purpose, String wanted) {
        List<String> names = List.of(schema.fieldNames());
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new SourceException("Cannot %s: column '%s' not found in the examples%s"
                        .formatted(purpose, wanted, NearestName.hint(wanted, names))));
    }
}
