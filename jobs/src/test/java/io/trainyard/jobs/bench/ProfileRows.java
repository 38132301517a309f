package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Twenty columns as tables have them: continuous numbers, some with nulls, whole ones, categories, names and a flag. */
final class ProfileRows {

    private static final int FILES = 8;
    private static final int CONTINUOUS = 10;
    private static final int WHOLE = 5;
    private static final int CATEGORIES = 3;

    private ProfileRows() {}

    static Dataset<Row> simulated(SparkSession spark, long rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < CONTINUOUS; i++) {
            Column normal = randn(i);
            Column skewed = i % 2 == 0 ? normal : exp(normal);
            columns.add(when(rand(100L + i).geq(i % 3 == 0 ? 0.05 : 0), skewed).as("continuous" + i));
        }
        for (int i = 0; i < WHOLE; i++) {
            columns.add(uniform(200 + i, Math.pow(10, i + 1))
                    .cast(i % 2 == 0 ? "int" : "bigint")
                    .as("whole" + i));
        }
        for (int i = 0; i < CATEGORIES; i++) {
            columns.add(concat(lit("category "), pow(lit(1000), rand(300L + i)).cast("int"))
                    .as("category" + i));
        }
        columns.add(concat(lit("name "), uniform(400, 200_000)).as("name"));
        columns.add(rand(500).lt(0.1).as("flag"));
        return spark.range(0, rows, 1, FILES).select(columns.toArray(Column[]::new));
    }

    private static Column uniform(int seed, double values) {
        return floor(rand(seed).multiply(values));
    }
}
