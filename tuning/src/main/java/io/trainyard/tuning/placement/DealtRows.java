package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.tuning.explanation.FeatureColumns;
import io.trainyard.tuning.learner.SparkLearner;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A sample of encoded rows, and copies of it in which the values of a feature are dealt to other rows. */
final class DealtRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Says to which copy a row belongs, an integer. */
    static final String COPY = "_copy";

    /** The place of a row in its copy, an integer. */
    static final String ROW = "_row";

    private static final int MOST_ROWS = 2_000;

    /** Of a sample, 32 MiB: the driver holds it, and each executor. */
    private static final int MOST_VALUES = 4_194_304;

    private static final List<String> KEPT =
            List.of(SparkLearner.LABEL, SparkLearner.WEIGHT, SparkLearner.GROUP, SparkLearner.UNIT);

    private final StructType schema;
    private final List<Row> rows;
    private final long seed;

    private DealtRows(StructType schema, List<Row> rows, long seed) {
        this.schema = schema;
        this.rows = rows;
        this.seed = seed;
    }

    /** At most 2,000 rows, and fewer of very wide ones; the same ones of a frame whose partitions are the same. */
    static DealtRows sample(Dataset<Row> frame, long seed) {
        List<String> kept =
                KEPT.stream().filter(List.of(frame.columns())::contains).toList();
        Dataset<Row> columns = frame.select(Stream.concat(Stream.of(SparkLearner.FEATURES), kept.stream())
                .map(functions::col)
                .toArray(org.apache.spark.sql.Column[]::new));
        List<Row> first = columns.limit(1).collectAsList();
        if (first.isEmpty()) {
            return new DealtRows(new StructType(), List.of(), seed);
        }
        int width = first.get(0).<Vector>getAs(SparkLearner.FEATURES).size();
        List<Row> rows = columns.withColumn(ROW, monotonically_increasing_id())
                .orderBy(xxhash64(functions.col(ROW), lit(seed)), functions.col(ROW))
                .limit(Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / width)))
                .drop(ROW)
                .collectAsList();
        return new DealtRows(schema(columns, kept), rows, seed);
    }

    private static StructType schema(Dataset<Row> columns, List<String> kept) {
        StructType schema = new StructType()
                .add(COPY, DataTypes.IntegerType)
                .add(ROW, DataTypes.IntegerType)
                .add(SparkLearner.FEATURES, SQLDataTypes.VectorType());
        for (String column : kept) {
            schema = schema.add(columns.schema().apply(column));
        }
        return schema;
    }

    int count() {
        return rows.size();
    }

    /** Of the copies: features, label and weight, group and unit where the rows have them, and which copy's which row it is. */
    StructType schema() {
        return schema;
    }

    /** Copy 0. */
    Iterator<Row> asTheyAre() {
        return IntStream.range(0, rows.size())
                .mapToObj(row -> row(0, row, features(row)))
                .iterator();
    }

    /**
     * The same rows, but for the values of one feature, which are dealt anew.
     *
     * @param stream of random numbers
     */
    Iterator<Row> dealt(int copy, FeatureColumns feature, long stream) {
        int[] other = dealt(new SplittableRandom(seed + stream));
        return IntStream.range(0, rows.size())
                .mapToObj(row -> {
                    double[] values = features(row).clone();
                    System.arraycopy(features(other[row]), feature.first(), values, feature.first(), feature.count());
                    return row(copy, row, values);
                })
                .iterator();
    }

    private int[] dealt(SplittableRandom random) {
        int[] other = IntStream.range(0, rows.size()).toArray();
        for (int row = other.length - 1; row > 0; row--) {
            int at = random.nextInt(row + 1);
            int swapped = other[row];
            other[row] = other[at];
            other[at] = swapped;
        }
        return other;
    }

    private double[] features(int row) {
        return rows.get(row).<Vector>getAs(SparkLearner.FEATURES).toArray();
    }

    private Row row(int copy, int row, double[] features) {
        Row sampled = rows.get(row);
        Object[] values = new Object[schema.size()];
        values[schema.fieldIndex(COPY)] = copy;
        values[schema.fieldIndex(ROW)] = row;
        values[schema.fieldIndex(SparkLearner.FEATURES)] = Vectors.dense(features);
        for (String column : KEPT) {
            if (schema.getFieldIndex(column).isDefined()) {
                values[schema.fieldIndex(column)] = sampled.getAs(column);
            }
        }
        return RowFactory.create(values);
    }
}
