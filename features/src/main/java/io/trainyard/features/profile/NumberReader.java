package io.trainyard.features.profile;

import io.trainyard.features.profile.NumberProfile.Scale;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Reads a value that is not null as a number, from a row as Spark itself keeps it. */
interface NumberReader extends Serializable {

    double MICROSECONDS = 1e6;

    double read(InternalRow row, int position);

    /** The reader of a type whose values are numbers on some scale. */
    static Optional<NumberReader> of(DataType type) {
        if (type instanceof DoubleType) {
            return Optional.of(InternalRow::getDouble);
        }
        if (type instanceof FloatType) {
            return Optional.of(InternalRow::getFloat);
        }
        if (type instanceof IntegerType || type instanceof DateType) {
            return Optional.of(InternalRow::getInt);
        }
        if (type instanceof LongType) {
            return Optional.of(InternalRow::getLong);
        }
        if (type instanceof ShortType) {
            return Optional.of(InternalRow::getShort);
        }
        if (type instanceof ByteType) {
            return Optional.of(InternalRow::getByte);
        }
        if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return Optional.of((row, position) -> row.getLong(position) / MICROSECONDS);
        }
        if (type instanceof DecimalType decimal) {
            int precision = decimal.precision();
            int digits = decimal.scale();
            return Optional.of((row, position) ->
                    row.getDecimal(position, precision, digits).toDouble());
        }
        return Optional.empty();
    }

    /** What the numbers of such a type mean. */
    static Scale scale(DataType type) {
        if (type instanceof DateType) {
            return Scale.DATE;
        }
        return type instanceof TimestampType || type instanceof TimestampNTZType ? Scale.TIMESTAMP : Scale.NUMBER;
    }
}
