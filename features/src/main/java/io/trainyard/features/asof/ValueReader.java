package io.trainyard.features.asof;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Reads a value, null or not, out of a row. Spark's own way looks at the type again for every value. */
interface ValueReader extends Serializable {

    /** A value, which may be a view of the row's memory. */
    Object read(InternalRow row, int position);

    static ValueReader of(DataType type) {
        ValueReader present = ofPresent(type);
        return (row, position) -> row.isNullAt(position) ? null : present.read(row, position);
    }

    private static ValueReader ofPresent(DataType type) {
        if (type.equals(DataTypes.LongType) || type.equals(DataTypes.TimestampType)) {
            return (row, position) -> row.getLong(position);
        }
        if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)) {
            return (row, position) -> row.getInt(position);
        }
        if (type.equals(DataTypes.DoubleType)) {
            return (row, position) -> row.getDouble(position);
        }
        if (type.equals(DataTypes.StringType)) {
            return (row, position) -> row.getUTF8String(position);
        }
        return (row, position) -> row.get(position, type);
    }
}
