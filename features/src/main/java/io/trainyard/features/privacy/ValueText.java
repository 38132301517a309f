package io.trainyard.features.privacy;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.HexFormat;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * One text for equal values, whatever type a file gave them: an identifier is {@code 123} as an integer, as a decimal and as the {@code
 * 123.0} that a column of numbers with nulls is written as. Instants are in UTC, so that a session's zone changes nothing.
 */
public final class ValueText {

    private ValueText() {}

    /** Whether values of a type have a text: all but structs, arrays and maps. */
    public static boolean exists(DataType type) {
        return !(type instanceof StructType || type instanceof ArrayType || type instanceof MapType);
    }

    /** The text of a value as Spark hands it out; null of null. */
    public static String of(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Double || value instanceof Float) {
            return number(value.toString());
        }
        if (value instanceof BigDecimal decimal) {
            return plain(decimal);
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant().toString();
        }
        if (value instanceof Date date) {
            return date.toLocalDate().toString();
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    private static String number(String text) {
        boolean finite = Character.isDigit(text.charAt(text.length() - 1));
        return finite ? plain(new BigDecimal(text)) : text;
    }

    private static String plain(BigDecimal decimal) {
        return decimal.stripTrailingZeros().toPlainString();
    }
}
