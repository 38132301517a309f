package io.trainyard.features.asof;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Spark's order of values, nulls first, for values as Spark hands them out. It also tells -0.0 from 0.0, so that what is chosen never
 * depends on what came first.
 */
interface ValueOrder extends Comparator<Object>, Serializable {

    /** Empty where Spark has no order: maps, and what holds them. */
    static Optional<ValueOrder> of(DataType type) {
        return ofValues(type).map(ValueOrder::nullsFirst);
    }

    private static Optional<ValueOrder> ofValues(DataType type) {
        if (type instanceof StructType struct) {
            return ofFields(struct);
        }
        if (type instanceof ArrayType array) {
            return of(array.elementType()).map(ValueOrder::ofElements);
        }
        if (type instanceof BinaryType) {
            return Optional.of((left, right) -> Arrays.compareUnsigned((byte[]) left, (byte[]) right));
        }
        if (type instanceof StringType) {
            return Optional.of((left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right)));
        }
        if (type instanceof YearMonthIntervalType) {
            return Optional.of(
                    (left, right) -> Long.compare(((Period) left).toTotalMonths(), ((Period) right).toTotalMonths()));
        }
        return type instanceof AtomicType || type instanceof NullType ? Optional.of(natural()) : Optional.empty();
    }

    private static Optional<ValueOrder> ofFields(StructType struct) {
        ValueOrder[] orders = new ValueOrder[struct.size()];
        for (StructField field : struct.fields()) {
            Optional<ValueOrder> order = of(field.dataType());
            if (order.isEmpty()) {
                return Optional.empty();
            }
            orders[struct.fieldIndex(field.name())] = order.get();
        }
        return Optional.of((left, right) -> {
            int compared = 0;
            for (int i = 0; compared == 0 && i < orders.length; i++) {
                compared = orders[i].compare(((Row) left).get(i), ((Row) right).get(i));
            }
            return compared;
        });
    }

    private static ValueOrder ofElements(ValueOrder order) {
        return (left, right) -> {
            scala.collection.Seq<?> ours = (scala.collection.Seq<?>) left;
            scala.collection.Seq<?> theirs = (scala.collection.Seq<?>) right;
            int compared = 0;
            for (int i = 0; compared == 0 && i < Math.min(ours.size(), theirs.size()); i++) {
                compared = order.compare(ours.apply(i), theirs.apply(i));
            }
            return compared == 0 ? Integer.compare(ours.size(), theirs.size()) : compared;
        };
    }

    private static ValueOrder nullsFirst(ValueOrder order) {
        return (left, right) -> {
            if (left == null || right == null) {
                return Boolean.compare(left != null, right != null);
            }
            return order.compare(left, right);
        };
    }

    @SuppressWarnings("unchecked")
    private static ValueOrder natural() {
        return (left, right) -> ((Comparable<Object>) left).compareTo(right);
    }

    private static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }
}
