package io.trainyard.tuning;

import io.trainyard.tuning.matrix.BlockWriter;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.matrix.RowEncoder;
import io.trainyard.tuning.metric.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A small training set that can be learnt: an amount, a noise that is often missing, a category, and weights. */
public final class Examples {
    public static final List<String> COLUMNS = List.of("amount", "noise", "category");
    public static final List<String> TYPES = List.of("q", "q", "c");
    private static final StructType SCHEMA = new StructType()
            .add("amount", DataTypes.FloatType)
            .add("noise", DataTypes.FloatType)
            .add("category", DataTypes.FloatType)
            .add("label", DataTypes.FloatType)
            .add("weight", DataTypes.FloatType)
            .add("parts", DataTypes.LongType);

    private Examples() {}

    /** One example; {@code noise} is NaN where it is missing. */
    public record Example(float amount, float noise, float category, float label, float weight, long parts) {
        public boolean has(Part part) {
            return (parts & part.bit()) != 0;
        }

        Example in(long otherParts) {
            return new Example(amount, noise, category, label, weight, otherParts);
        }
    }

    /** The same every time: three fifths to train, one to validate, one to test. */
    public static List<Example> of(Task task, int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        List<Example> examples = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            float amount = (float) random.nextDouble(-1, 1);
            float noise = random.nextInt(5) == 0 ? Float.NaN : (float) random.nextDouble();
            int category = random.nextInt(5);
            double signal = amount + (category == 2 ? 0.7 : 0) + random.nextDouble(-0.5, 0.5);
            float weight = 0.5f + random.nextInt(3);
            examples.add(new Example(amount, noise, category, label(task, signal), weight, parts(row % 5)));
        }
        return examples;
    }

    private static float label(Task task, double signal) {
        return switch (task) {
            case BINARY -> signal > 0 ? 1 : 0;
            case MULTICLASS -> signal < -0.3 ? 0 : signal < 0.4 ? 1 : 2;
            case REGRESSION, QUANTILE -> (float) signal;
            case POISSON, TWEEDIE, RANKING -> Math.round(Math.max(0, 2 * signal));
            case GAMMA -> (float) Math.exp(signal);
        };
    }

    private static long parts(int fifth) {
        return switch (fifth) {
            case 0 -> Part.FINAL_TEST.bit();
            case 1 -> Part.SEARCH_VALIDATION.bit() | Part.FINAL_TRAIN.bit();
            default -> Part.SEARCH_TRAIN.bit() | Part.FINAL_TRAIN.bit();
        };
    }

    /** The same examples with another use: a fifth tests, and the others are dealt to folds. */
    public static List<Example> inFolds(List<Example> examples, int folds) {
        List<Example> dealt = new ArrayList<>();
        for (int row = 0; row < examples.size(); row++) {
            boolean tests = row % 5 == 0;
            long validates = tests ? 0 : 1L << (row % folds);
            long trains = tests ? 0 : ((1L << folds) - 1) ^ validates;
            dealt.add(examples.get(row).in(Part.bits(trains, validates, !tests, tests)));
        }
        return dealt;
    }

    /** The same examples with one of their folds as the holdout. */
    public static List<Example> heldOut(List<Example> examples, int fold) {
        return examples.stream()
                .map(example -> example.in(Part.bits(
                        example.has(Part.train(fold)) ? 1 : 0,
                        example.has(Part.validation(fold)) ? 1 : 0,
                        example.has(Part.FINAL_TRAIN),
                        example.has(Part.FINAL_TEST))))
                .toList();
    }

    /** As a frame of so many partitions, in order. */
    public static Dataset<Row> frame(SparkSession spark, List<Example> examples, int partitions) {
        List<Row> rows = examples.stream()
                .map(example -> RowFactory.create(
                        example.amount(),
                        example.noise(),
                        example.category(),
                        example.label(),
                        example.weight(),
                        example.parts()))
                .toList();
        return spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions), SCHEMA);
    }

    public static RowEncoder encoder() {
        return (row, into) -> {
            for (int column = 0; column < COLUMNS.size(); column++) {
                into.features()[column] = row.<Float>getAs(COLUMNS.get(column));
            }
            into.set(row.<Float>getAs("label"), row.<Float>getAs("weight"), row.<Long>getAs("parts"));
        };
    }

    /** As blocks of two files in a folder of this name. */
    public static MatrixBlocks write(SparkSession spark, String root, String name, List<Example> examples)
            throws IOException {
        return new BlockWriter(spark)
                .write(root, name, frame(spark, examples, 2), COLUMNS, TYPES, Grouping.NONE, encoder());
    }

    public static MatrixBlocks write(SparkSession spark, Path root, List<Example> examples) throws IOException {
        return write(spark, root.toUri().toString(), "examples", examples);
    }
}
