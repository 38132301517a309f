package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Calibration;
import io.trainyard.registry.encoding.Encoder;
import io.trainyard.registry.scoring.Prediction;
import io.trainyard.tuning.matrix.BlockWriter;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One model, four ways to ask it: Spark over raw rows, a plain JVM over raw rows, XGBoost over one encoded row, and XGBoost over the
 * native matrix that it was trained on. On rows that are mostly zero, which Spark makes sparse, and on rows that are mostly missing.
 */
@ExtendWith(SparkExtension.class)
class ScoringAgreementTest {
    private static final int ROWS = 400;
    private static final int NUMBERS = 10;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    ScoringAgreementTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two    | {trials: 3, rounds: 15, ensemble: 2, calibrate: true}
            two    | {trials: 3, rounds: 15, ensemble: 2, calibrate: true, calibration: isotonic}
            three  | {trials: 1, rounds: 15}
            number | {trials: 1, rounds: 15}
            """)
    void everyWayToScoreGivesTheSame(String label, String search) throws Exception {
        writeRows();
        JobContext context = context(label, search);
        TrainJob.Result trained = new TrainJob(context).run();
        Path fetched = folder.resolve("bundle");
        context.registry().fetch(trained.version(), fetched);
        Bundle bundle = Bundle.open(fetched);
        TrainingSet set = trained.data().set();
        Dataset<Row> tested = set.rows(spark).where(col(TrainingSet.FINAL).equalTo(SplitColumns.TEST));
        Booster booster = XGBoost.loadModel(Files.readAllBytes(bundle.model()));

        List<float[]> bySpark = bySpark(bundle, context, set, tested);
        List<float[]> byRow = byRow(bundle, booster, set, tested);
        List<float[]> byMatrix = byMatrix(bundle, booster, set);

        assertThat(bundle.calibration().isPresent()).isEqualTo(search.contains("isotonic"));
        assertThat(bySpark).hasSizeGreaterThan(ROWS / 10);
        assertThat(bySpark.stream().map(scores -> scores[0]).distinct())
                .hasSizeGreaterThan(bundle.calibration().isPresent() ? 5 : 20);
        assertThat(byRow).usingRecursiveComparison().isEqualTo(byMatrix);
        assertThat(bySpark).usingRecursiveComparison().isEqualTo(byMatrix);
        List<Prediction> inAPlainJvm = inAPlainJvm(bundle, set, tested);
        assertThat(inAPlainJvm).hasSameSizeAs(bySpark);
        for (int row = 0; row < bySpark.size(); row++) {
            assertThat(scores(inAPlainJvm.get(row), bundle)).containsExactly(bySpark.get(row), within(1e-6f));
        }
        assertThat(inAPlainJvm.stream()
                        .map(prediction -> label(prediction, bundle))
                        .toList())
                .isEqualTo(labelsBySpark(bundle, context, set, tested));
        assertContributionsAddUpToMargins(bundle, context, trained.version(), set, tested);
    }

    /** Of the class that is predicted, where each has a margin of its own. */
    private void assertContributionsAddUpToMargins(
            Bundle bundle, JobContext context, ModelVersion version, TrainingSet set, Dataset<Row> tested)
            throws Exception {
        Scorer scorer =
                Scorer.of(bundle, new ModelFiles(spark, context.warehouse())).explaining(version);
        Booster booster = XGBoost.loadModel(Files.readAllBytes(bundle.model()));
        Encoder encoder = bundle.encoding().encoder();
        List<Row> explained = scorer.predict(tested, set.features())
                .select(col("prediction"), scorer.contributions().as("explained"))
                .collectAsList();
        List<Row> rows = tested.collectAsList();
        for (int i = 0; i < rows.size(); i++) {
            float[] encoded = encoder.encode(raw(set, rows.get(i)));
            DMatrix matrix = new DMatrix(encoded, 1, encoder.width(), Float.NaN);
            float[] margins = booster.predict(matrix, true)[0];
            matrix.dispose();
            Row sums = explained.get(i).getStruct(1);
            Map<String, Double> contributions = sums.getJavaMap(0);
            assertThat(contributions).hasSize(bundle.encoding().features().size());
            assertThat(contributions.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum()
                            + sums.getDouble(1))
                    .isCloseTo(
                            margins.length == 1
                                    ? margins[0]
                                    : margins[(int) explained.get(i).getDouble(0)],
                            within(1e-4));
        }
    }

    private List<Prediction> inAPlainJvm(Bundle bundle, TrainingSet set, Dataset<Row> tested) {
        return io.trainyard.registry.scoring.Scorer.of(bundle)
                .score(tested.collectAsList().stream().map(row -> raw(set, row)).toList());
    }

    private static float[] scores(Prediction prediction, Bundle bundle) {
        int classes = bundle.encoding().target().classes().size();
        if (classes < 3) {
            return new float[] {(float) (classes == 0 ? prediction.number() : prediction.probability())};
        }
        double[] probabilities = prediction.probabilities();
        float[] scores = new float[classes];
        for (int score = 0; score < classes; score++) {
            scores[score] = (float) probabilities[score];
        }
        return scores;
    }

    private static String label(Prediction prediction, Bundle bundle) {
        return bundle.encoding().target().classes().isEmpty() ? "a number" : prediction.label();
    }

    /** What the job writes into the column of predictions. */
    private List<String> labelsBySpark(Bundle bundle, JobContext context, TrainingSet set, Dataset<Row> tested)
            throws Exception {
        Scorer scorer = Scorer.of(bundle, new ModelFiles(spark, context.warehouse()));
        return scorer.predict(tested, set.features()).select(scorer.prediction()).collectAsList().stream()
                .map(row -> scorer.predictsClasses() ? row.getString(0) : "a number")
                .toList();
    }

    private static Map<String, Object> raw(TrainingSet set, Row row) {
        Map<String, Object> raw = new HashMap<>();
        for (FeatureColumn feature : set.features()) {
            raw.put(feature.name(), row.getAs(feature.column()));
        }
        return raw;
    }

    private void writeRows() {
        StructType schema = new StructType().add("id", DataTypes.IntegerType);
        for (int number = 0; number < NUMBERS; number++) {
            schema = schema.add("x" + number, DataTypes.DoubleType);
        }
        schema = schema.add("kind", DataTypes.StringType)
                .add("two", DataTypes.BooleanType)
                .add("three", DataTypes.StringType)
                .add("number", DataTypes.DoubleType);
        SplittableRandom random = new SplittableRandom(1);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(row(row, random));
        }
        spark.createDataFrame(rows, schema)
                .write()
                .parquet(folder.resolve("rows").toString());
    }

    /** Even rows are nine tenths zero, odd rows half missing. */
    private static Row row(int id, SplittableRandom random) {
        List<Object> values = new ArrayList<>(List.of(id));
        double signal = 0;
        for (int number = 0; number < NUMBERS; number++) {
            Double value = random.nextDouble(1, 5);
            if (id % 2 == 0 && random.nextInt(10) < 9) {
                value = 0.0;
            }
            if (id % 2 == 1 && random.nextBoolean()) {
                value = null;
            }
            signal += value == null ? 0.3 : value * (number % 3 - 1);
            values.add(value);
        }
        int kind = random.nextInt(4);
        values.add(kind == 3 ? null : "kind " + kind);
        signal += kind + random.nextDouble();
        values.add(signal > 2);
        values.add(signal < 1 ? "low" : signal < 3 ? "middle" : "high");
        values.add(signal);
        return RowFactory.create(values.toArray());
    }

    private JobContext context(String label, String search) throws Exception {
        List<String> others = new ArrayList<>(List.of("two", "three", "number"));
        others.remove(label);
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"), """
                version: 1
                name: agreement
                sources: {rows: rows}
                training: {rows: rows, key: id, label: %s, drop: [%s]}
                search: %s
                """.formatted(label, String.join(", ", others), search));
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return JobContext.of(
                PipelineFile.load(file, Optional.empty(), List.of(), Map.of()),
                Instant.parse("2026-01-01T00:00:00Z"),
                spark,
                Map.of(),
                new Console(silence, false));
    }

    private List<float[]> bySpark(Bundle bundle, JobContext context, TrainingSet set, Dataset<Row> tested)
            throws Exception {
        Scorer scorer = Scorer.of(bundle, new ModelFiles(spark, context.warehouse()));
        int classes = bundle.encoding().target().classes().size();
        return scorer.predict(tested, set.features()).collectAsList().stream()
                .map(row -> scores(row, classes))
                .toList();
    }

    /** As XGBoost gives them: the positive class's probability alone where there are two. */
    private static float[] scores(Row row, int classes) {
        if (classes == 0) {
            return new float[] {(float) row.<Double>getAs("prediction").doubleValue()};
        }
        Vector probability = row.getAs("probability");
        float[] scores = new float[classes == 2 ? 1 : classes];
        for (int score = 0; score < scores.length; score++) {
            scores[score] = (float) probability.apply(classes == 2 ? 1 : score);
        }
        return scores;
    }

    private static List<float[]> byRow(Bundle bundle, Booster booster, TrainingSet set, Dataset<Row> tested)
            throws Exception {
        Encoder encoder = bundle.encoding().encoder();
        List<float[]> scores = new ArrayList<>();
        for (Row row : tested.collectAsList()) {
            float[] values = encoder.encode(raw(set, row));
            Optional<Calibration> calibration = bundle.calibration();
            scores.add(
                    calibration.isPresent()
                            ? calibrated(calibration.get(), margins(booster, values))[0]
                            : booster.inplace_predict(values, 1, encoder.width(), Float.NaN)[0]);
        }
        return scores;
    }

    private static float[][] margins(Booster booster, float[] values) throws Exception {
        DMatrix row = new DMatrix(values, 1, values.length, Float.NaN);
        try {
            return booster.predict(row, true);
        } finally {
            row.dispose();
        }
    }

    private static float[][] calibrated(Calibration calibration, float[][] margins) {
        for (float[] margin : margins) {
            margin[0] = calibration.probability(margin[0]);
        }
        return margins;
    }

    private List<float[]> byMatrix(Bundle bundle, Booster booster, TrainingSet set) throws Exception {
        var blocks = new BlockWriter(spark)
                .write(
                        folder.toUri().toString(),
                        "blocks",
                        set.rows(spark),
                        bundle.encoding().columns(),
                        bundle.encoding().columnTypes(),
                        Grouping.NONE,
                        new EncodedRows(bundle.encoding(), set.features()).rowEncoder(false));
        try (NativeMatrix matrix = NativeMatrix.read(blocks, Part.FINAL_TEST, new Configuration())) {
            Optional<Calibration> calibration = bundle.calibration();
            return List.of(
                    calibration.isPresent()
                            ? calibrated(calibration.get(), booster.predict(matrix.matrix(), true))
                            : booster.predict(matrix.matrix()));
        }
    }
}
