package io.trainyard.features.asof;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;

/**
 * Where rows have their key.
 *
 * @param positions in a row
 * @param alone whether the one value of a key can stand for it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record Key(int[] positions, ValueReader[] readers, boolean alone) implements Serializable {

    static Key of(int[] positions, List<DataType> types) {
        return new Key(
                positions,
                types.stream().map(ValueReader::of).toArray(ValueReader[]::new),
                types.size() == 1 && !(types.get(0) instanceof BinaryType));
    }

    /** The key of a row, to look up by; a map keeps {@link #copy} of it, since Spark uses a row again for the next. */
    Object of(InternalRow row) {
        if (alone) {
            return readers[0].read(row, positions[0]);
        }
        Object[] values = new Object[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers[i].read(row, positions[i]);
        }
        return new Several(values);
    }

    static Object copy(Object key) {
        return key instanceof Several several
                ? new Several(Arrays.stream(several.values)
                        .map(InternalRow::copyValue)
                        .toArray())
                : InternalRow.copyValue(key);
    }

    @SuppressWarnings("ArrayRecordComponent") // equality goes into it
    private record Several(Object[] values) implements Serializable {

        @Override
        public boolean equals(Object other) {
            return other instanceof Several several && Arrays.deepEquals(values, several.values);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(values);
        }
    }
}
