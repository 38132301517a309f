package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.View;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * One column of a key, in the type in which both sides meet.
 *
 * @param example position of the column among the examples'
 */
record JoinKey(int example, DataType type) {

    /** @throws SourceException if the types have nothing in common */
    static JoinKey of(View view, View.EntityColumn entity, int example, DataType exampleType, DataType eventType) {
        DataType meeting = meeting(exampleType, eventType)
                .orElseThrow(() -> new SourceException(
                        "Cannot join view '%s': its column '%s' is of type %s, the examples' column '%s' of type %s; cast one to the other's type in a query"
                                .formatted(
                                        view.name(),
                                        entity.column(),
                                        eventType.simpleString(),
                                        entity.example(),
                                        exampleType.simpleString())));
        return new JoinKey(example, meeting);
    }

    /** A key's column in one bit pattern per value: 0.0 and -0.0 are one key. */
    Column of(Column column) {
        return oneZero(column.cast(type), type);
    }

    /** Without -0.0, which equals 0.0 but has other bits. */
    static Column oneZero(Column value, DataType type) {
        return floating(type) ? when(value.equalTo(lit(0)), lit(0).cast(type)).otherwise(value) : value;
    }

    /** Whether a column of that type is its own key. */
    boolean isItself(DataType column) {
        return column.equals(type) && !floating(type);
    }

    /** Whether a key, as {@link #of} makes it, can match anything. */
    Column matches(Column key) {
        return floating(type) ? key.isNotNull().and(isnan(key).unary_$bang()) : key.isNotNull();
    }

    private static boolean floating(DataType type) {
        return type instanceof DoubleType || type instanceof FloatType;
    }

    private static Optional<DataType> meeting(DataType left, DataType right) {
        if (left instanceof IntegralType && right instanceof IntegralType) {
            return Optional.of(DataTypes.LongType);
        }
        if (left instanceof StringType && right instanceof StringType) {
            return Optional.of(DataTypes.StringType);
        }
        if (left.equals(right) && left instanceof AtomicType) {
            return Optional.of(left);
        }
        return (inexact(left) && right instanceof NumericType) || (inexact(right) && left instanceof NumericType)
                ? Optional.of(DataTypes.DoubleType)
                : Optional.empty();
    }

    private static boolean inexact(DataType type) {
        return type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType;
    }
}
