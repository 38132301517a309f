package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that events of several parts share, so that they travel in one dataset: a part's values take the first free columns of
 * their types, and what a part does not need is null in its events.
 */
final class EventLayout {

    private final List<DataType> types = new ArrayList<>();

    /** Finds room for the values of one part. */
    EventValues place(List<DataType> wanted) {
        Map<DataType, Integer> taken = new HashMap<>();
        int[] positions = wanted.stream()
                .mapToInt(type -> Event.VALUES + find(type, taken.merge(type, 1, Integer::sum)))
                .toArray();
        return EventValues.of(positions, wanted);
    }

    /** All value columns of one part's events. */
    List<Column> values(int[] positions, List<Column> values) {
        List<Column> all = new ArrayList<>();
        for (DataType type : types) {
            all.add(lit(null).cast(type));
        }
        for (int i = 0; i < positions.length; i++) {
            all.set(positions[i] - Event.VALUES, values.get(i));
        }
        List<Column> named = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            named.add(all.get(i).as(name(i)));
        }
        return named;
    }

    StructType schema() {
        StructType schema = new StructType()
                .add("visible", DataTypes.LongType, false)
                .add("time", DataTypes.LongType, false)
                .add("part", DataTypes.IntegerType, false);
        for (int i = 0; i < types.size(); i++) {
            schema = schema.add(name(i), types.get(i));
        }
        return schema;
    }

    /** All columns of an event in one. */
    Column together() {
        return struct(Arrays.stream(schema().fieldNames())
                        .map(name -> col(name))
                        .toArray(Column[]::new))
                .as("event");
    }

    private int find(DataType type, int occurrence) {
        int seen = 0;
        for (int i = 0; i < types.size(); i++) {
            seen += types.get(i).equals(type) ? 1 : 0;
            if (seen == occurrence) {
                return i;
            }
        }
        types.add(type);
        return types.size() - 1;
    }

    private static String name(int value) {
        return "value" + value;
    }
}
