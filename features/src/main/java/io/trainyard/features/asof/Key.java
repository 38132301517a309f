package io.trainyard.features.asof;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Row;

/** A key in memory; packed texts are bytes, so equality goes into them. */
@SuppressWarnings("ArrayRecordComponent") // equality goes into it
record Key(Object[] columns) implements Serializable {

    static Key of(Row row, int first, int count) {
        Object[] columns = new Object[count];
        for (int i = 0; i < count; i++) {
            columns[i] = row.get(first + i);
        }
        return new Key(columns);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.deepEquals(columns, key.columns);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(columns);
    }
}
