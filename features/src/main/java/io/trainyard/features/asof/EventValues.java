package io.trainyard.features.asof;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/**
 * Which values of an event one part of a view needs.
 *
 * @param positions in a row
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record EventValues(int[] positions, ValueReader[] readers) implements Serializable {

    static EventValues of(int[] positions, List<DataType> types) {
        return new EventValues(positions, types.stream().map(ValueReader::of).toArray(ValueReader[]::new));
    }

    EventValues at(int[] others) {
        return new EventValues(others, readers);
    }

    /** Copies them, since Spark uses a row again for the next. */
    Object[] of(InternalRow event) {
        Object[] values = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
            values[i] = InternalRow.copyValue(readers[i].read(event, positions[i]));
        }
        return values;
    }
}
