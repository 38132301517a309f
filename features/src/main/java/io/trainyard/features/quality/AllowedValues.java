package io.trainyard.features.quality;

import io.trainyard.features.view.Test;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;

/** Values by their texts; a number is the same number however it is written, {@code 1} and {@code 1.0}. */
record AllowedValues(Set<String> texts) {

    static AllowedValues of(Test.InSet test) {
        return new AllowedValues(test.values());
    }

    /** Whether a value is one of these; null where it is null. */
    Column hold(Column value, DataType type) {
        if (type instanceof DoubleType || type instanceof FloatType || type instanceof DecimalType) {
            return value.cast("double")
                    .isin(numbers().map(BigDecimal::doubleValue).toArray());
        }
        return type instanceof NumericType
                ? value.cast("string")
                        .isin(numbers()
                                .map(number -> number.stripTrailingZeros().toPlainString())
                                .toArray())
                : value.cast("string").isin(texts.toArray());
    }

    private Stream<BigDecimal> numbers() {
        return texts.stream().flatMap(text -> number(text).stream());
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // no number is equal to it
        }
    }
}
