package io.trainyard.features.quality;

import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.view.Test;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;

/** The values that a column may refer to. */
record ReferenceKeys(TestedColumns columns, Test.References test) {

    private static final String KEY = "_trainyard_key";
    private static final String FOUND = "_trainyard_found";

    /** Keys are cast before they are made distinct: two that become one would double the rows that refer to them. */
    Dataset<Row> flag(Dataset<Row> referenced, String flag) {
        TestedColumns others = new TestedColumns(test.source().name(), referenced);
        DataType type = common(columns.type(test.column(), test.describe()), others.type(test.key(), test.describe()));
        Column value = columns.of(test.column(), test.describe()).cast(type);
        Dataset<Row> keys = referenced
                .select(others.of(test.key(), test.describe()).cast(type).as(KEY))
                .distinct()
                .withColumn(FOUND, lit(true));
        return columns.rows()
                .join(keys, value.equalTo(keys.col(KEY)), "left")
                .withColumn(flag, value.isNotNull().and(keys.col(FOUND).isNull()))
                .drop(KEY, FOUND);
    }

    /** A type in which equal identifiers are equal. */
    private static DataType common(DataType one, DataType other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof IntegralType && other instanceof IntegralType) {
            return DataTypes.LongType;
        }
        return one instanceof NumericType && other instanceof NumericType ? DataTypes.DoubleType : DataTypes.StringType;
    }
}
