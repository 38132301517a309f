package io.trainyard.jobs.bench;

import io.trainyard.tuning.matrix.Part;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows that all contestants see: a dense vector, a label of 0 or 1, and a part; every fifth row is for validation. */
final class BenchRows {
    static final String FEATURES = "features";
    static final String LABEL = "label";
    static final String PARTS = "parts";
    static final double TRAIN_SHARE = 0.8;
    private static final int VALIDATION_EVERY = 5;

    private static final StructType SCHEMA = new StructType()
            .add(FEATURES, SQLDataTypes.VectorType())
            .add(LABEL, DataTypes.DoubleType)
            .add(PARTS, DataTypes.LongType);

    private BenchRows() {}

    /**
     * Simulated rows with the shape of the Higgs data: features from a normal distribution, and a label whose odds depend on a few of
     * them, on products and on absolute values. A row depends on the seed and its number alone.
     */
    static Dataset<Row> simulated(SparkSession spark, int rows, int columns, long seed, int partitions) {
        JavaRDD<Row> simulated = spark.range(0, rows, 1, partitions).toJavaRDD().map(row -> {
            SplittableRandom random = new SplittableRandom(seed + row * 0x9E3779B97F4A7C15L);
            double[] features = new double[columns];
            Arrays.setAll(features, column -> (float) random.nextGaussian());
            double positive = 1 / (1 + StrictMath.exp(-logit(features)));
            return row(features, random.nextDouble() < positive ? 1 : 0, row);
        });
        return spark.createDataFrame(simulated, SCHEMA);
    }

    /** Rows of Parquet files: every column but {@code label} is a feature, and all are numbers. */
    static Dataset<Row> stored(SparkSession spark, String folder, int partitions) {
        Dataset<Row> rows = spark.read().parquet(folder);
        String[] features = Arrays.stream(rows.columns())
                .filter(column -> !column.equals(LABEL))
                .toArray(String[]::new);
        JavaRDD<Row> numbered = rows.toJavaRDD().zipWithIndex().map(pair -> {
            double[] values = new double[features.length];
            Arrays.setAll(values, column -> (float) number(pair._1(), features[column]));
            return row(values, number(pair._1(), LABEL), pair._2());
        });
        return spark.createDataFrame(numbered.coalesce(partitions), SCHEMA);
    }

    private static double logit(double[] features) {
        int last = features.length - 1;
        double sum = features[0];
        for (int column = 0; column < Math.min(8, last); column++) {
            sum += 0.6 * features[column] * features[column + 1] + 0.4 * (Math.abs(features[column + 1]) - 0.8);
        }
        return 0.7 * sum;
    }

    private static double number(Row row, String column) {
        return row.<Number>getAs(column).doubleValue();
    }

    private static Row row(double[] features, double label, long number) {
        Part part = number % VALIDATION_EVERY == 0 ? Part.SEARCH_VALIDATION : Part.SEARCH_TRAIN;
        return RowFactory.create(Vectors.dense(features), label, part.bit());
    }

    /** The features of a row, as the native library takes them. */
    static void features(Row row, float[] into, int offset) {
        Vector features = row.getAs(FEATURES);
        for (int column = 0; column < features.size(); column++) {
            into[offset + column] = (float) features.apply(column);
        }
    }

    static boolean isIn(Row row, Part part) {
        return (row.<Long>getAs(PARTS) & part.bit()) != 0;
    }
}
