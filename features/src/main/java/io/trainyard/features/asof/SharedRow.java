package io.trainyard.features.asof;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The row in which examples and events go through a shuffle alike. A shuffle takes as long as its rows are wide, so an event has its key,
 * its times and its values in columns of the examples where the types are the same, and in further ones only where they are not.
 */
final class SharedRow {

    /** Of an event; null in an example. */
    static final String PART = "part";

    /** When a row counts, where the order does not tell. */
    static final String MOMENT = "moment";

    static final int ORDER_POSITION = 0;
    static final int PART_POSITION = 1;
    private static final int FIRST = 2;

    /** Wider examples go as one column, so that events do not become as wide. */
    private static final int WIDE = 12;

    private final List<Slot> slots = new ArrayList<>();
    private final StructType examples;
    private final int time;
    private int[] keys = {};
    private int[] values = {};
    private int eventTime;
    private int visible = EventReader.NO_COLUMN;

    /** One column of the row; null where a side has nothing in it. */
    private record Slot(String name, DataType type, Column ofExample, Column ofEvent) {

        Column of(Column side) {
            return (side == null ? lit(null).cast(type) : side).as(name);
        }
    }

    /**
     * Rows of examples that have no event's columns yet.
     *
     * @param examples their columns
     * @param time position of their time
     */
    SharedRow(StructType examples, int time) {
        this.examples = examples;
        if (isWide()) {
            both(examples.fields()[time].dataType(), col(quoted(examples.fieldNames()[time])), null);
            both(examples, ExampleColumns.together(examples.fieldNames()), null);
            this.time = FIRST;
        } else {
            for (StructField field : examples.fields()) {
                slots.add(new Slot(field.name(), field.dataType(), col(quoted(field.name())), null));
            }
            this.time = FIRST + time;
        }
    }

    /** With the keys of both, where a column of the examples is not the key as it is. */
    SharedRow withKeys(List<JoinKey> joinKeys) {
        keys = new int[joinKeys.size()];
        for (int i = 0; i < keys.length; i++) {
            Column key = col(KeyColumns.name(i));
            int example = joinKeys.get(i).example();
            boolean there = !isWide()
                    && slots.get(example).ofEvent() == null
                    && joinKeys.get(i).isItself(slots.get(example).type());
            keys[i] = there ? fill(example, key) : both(joinKeys.get(i).type(), key, key);
        }
        return this;
    }

    /** With the slice as one more column of the key. */
    SharedRow withSlices() {
        keys = Arrays.copyOf(keys, keys.length + 1);
        keys[keys.length - 1] = both(DataTypes.IntegerType, col(Slices.SLICE), col(Slices.SLICE));
        return this;
    }

    /**
     * With what events have.
     *
     * @param known whether they say themselves when they are visible
     */
    SharedRow withEvents(EventLayout layout, boolean known) {
        eventTime = place(DataTypes.TimestampType, timestamp_micros(col("time")));
        if (known) {
            visible = place(DataTypes.TimestampType, timestamp_micros(col("visible")));
        }
        StructField[] fields = layout.schema().fields();
        values = new int[fields.length];
        for (int i = Event.VALUES; i < fields.length; i++) {
            values[i] = place(fields[i].dataType(), col(fields[i].name()));
        }
        return this;
    }

    SharedRow withMoments(Column ofExample) {
        slots.add(new Slot(MOMENT, DataTypes.LongType, coalesce(ofExample, lit(Event.ALWAYS)), col("visible")));
        return this;
    }

    Dataset<Row> examples(Dataset<Row> keyed, Column order) {
        return rows(keyed, order, lit(null).cast(DataTypes.IntegerType).as(PART), Slot::ofExample);
    }

    Dataset<Row> events(Dataset<Row> events, Column order) {
        return rows(events, order, col(PART), Slot::ofEvent);
    }

    /** The examples' columns again. */
    List<Column> restored() {
        String prefix = isWide() ? slots.get(1).name() + "." : "";
        return Arrays.stream(examples.fieldNames())
                .map(name -> col(prefix + quoted(name)).as(name))
                .toList();
    }

    Key key() {
        return Key.of(
                keys,
                Arrays.stream(keys)
                        .mapToObj(key -> slots.get(key - FIRST).type())
                        .toList());
    }

    int time() {
        return time;
    }

    EventReader reader(PartRows part) {
        EventValues wanted = part.part().values();
        int[] positions =
                Arrays.stream(wanted.positions()).map(value -> values[value]).toArray();
        return new EventReader(eventTime, visible, part.delay(), wanted.at(positions));
    }

    private boolean isWide() {
        return examples.size() > WIDE;
    }

    private Dataset<Row> rows(Dataset<Row> rows, Column order, Column part, Function<Slot, Column> side) {
        List<Column> columns = new ArrayList<>(List.of(order, part));
        slots.forEach(slot -> columns.add(slot.of(side.apply(slot))));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Finds a column for a value of an event, and its position. */
    private int place(DataType type, Column ofEvent) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).ofEvent() == null && slots.get(i).type().equals(type)) {
                return fill(i, ofEvent);
            }
        }
        return both(type, null, ofEvent);
    }

    private int fill(int slot, Column ofEvent) {
        Slot empty = slots.get(slot);
        slots.set(slot, new Slot(empty.name(), empty.type(), empty.ofExample(), ofEvent));
        return FIRST + slot;
    }

    private int both(DataType type, Column ofExample, Column ofEvent) {
        slots.add(new Slot("shared" + slots.size(), type, ofExample, ofEvent));
        return FIRST + slots.size() - 1;
    }
}
