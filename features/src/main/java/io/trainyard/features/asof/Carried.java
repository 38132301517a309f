package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * How values of a type travel through the join: timestamps, dates and texts as what Spark itself keeps them as, so that a row costs no
 * calendar and no decoding on its way through Java.
 */
record Carried(DataType type) {

    DataType packedType() {
        if (type instanceof TimestampType) {
            return DataTypes.LongType;
        }
        if (type instanceof DateType) {
            return DataTypes.IntegerType;
        }
        return type instanceof StringType ? DataTypes.BinaryType : type;
    }

    Column packed(Column value) {
        if (type instanceof TimestampType) {
            return unix_micros(value);
        }
        if (type instanceof DateType) {
            return unix_date(value);
        }
        return value.cast(packedType());
    }

    Column restored(Column packed) {
        if (type instanceof TimestampType) {
            return timestamp_micros(packed);
        }
        return type instanceof DateType ? date_from_unix_date(packed) : packed.cast(type);
    }
}
