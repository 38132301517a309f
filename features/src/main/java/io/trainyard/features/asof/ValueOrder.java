package io.trainyard.features.asof;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;

/**
 * Spark's order of values, nulls first, for values as Spark keeps them. It also tells -0.0 from 0.0, so that what is chosen never depends
 * on what came first.
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
            return of(array.elementType()).map(order -> ofElements(order, array.elementType()));
        }
        if (type instanceof BinaryType) {
            return Optional.of((left, right) -> Arrays.compareUnsigned((byte[]) left, (byte[]) right));
        }
        return type instanceof AtomicType || type instanceof NullType ? Optional.of(natural()) : Optional.empty();
    }

    private static Optional<ValueOrder> ofFields(StructType struct) {
        DataType[] types =
                Arrays.stream(struct.fields()).map(field -> field.dataType()).toArray(DataType[]::new);
        ValueOrder[] orders = new ValueOrder[types.length];
        for (int i = 0; i < types.length; i++) {
            Optional<ValueOrder> order = of(types[i]);
            if (order.isEmpty()) {
                return Optional.empty();
            }
            orders[i] = order.get();
        }
        return Optional.of((left, right) -> {
            int compared = 0;
            for (int i = 0; compared == 0 && i < orders.length; i++) {
                compared = orders[i].compare(
                        ((InternalRow) left).get(i, types[i]), ((InternalRow) right).get(i, types[i]));
            }
            return compared;
        });
    }

    private static ValueOrder ofElements(ValueOrder order, DataType type) {
        return (left, right) -> {
            ArrayData ours = (ArrayData) left;
            ArrayData theirs = (ArrayData) right;
            int compared = 0;
            for (int i = 0; compared == 0 && i < Math.min(ours.numElements(), theirs.numElements()); i++) {
                compared = order.compare(ours.get(i, type), theirs.get(i, type));
            }
            return compared == 0 ? Integer.compare(ours.numElements(), theirs.numElements()) : compared;
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
}
