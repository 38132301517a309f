package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.EncodingFit;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.tuning.learner.DecisionTreeLearner;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.placement.DriverPlacement;
import io.trainyard.tuning.space.Params;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A label that hangs on an arbitrary half of thirty categories: one split of a tree that takes categories, and many of one that does not. */
@ExtendWith(SparkExtension.class)
class NativeCategoriesTest {
    private static final int CATEGORIES = 30;
    private static final int ROWS = 3_000;
    private static final Params SHALLOW = Params.of(Map.of("max_depth", 2L, "min_instances_per_node", 1L));

    private final SparkSession spark;

    @TempDir
    private Path folder;

    NativeCategoriesTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void treesTakeCategoriesAsTheyAreAndScoreAsTheyWereFitted() throws Exception {
        writeRows();
        JobContext context = context();
        TrainJob.Result trained = new TrainJob(context).run();
        TrainingSet set = trained.data().set();
        Path fetched = folder.resolve("bundle");
        context.registry().fetch(trained.version(), fetched);
        Bundle bundle = Bundle.open(fetched);
        assertThat(bundle.metadata().lineage().learner()).isEqualTo("decision_tree");
        assertThat(bundle.encoding().features())
                .filteredOn(Feature.NominalFeature.class::isInstance)
                .extracting(Feature::name)
                .containsExactly("shop");
        assertThat(bundle.metadata().importance())
                .first()
                .extracting(FeatureImportance::feature)
                .isEqualTo("shop");

        Dataset<Row> rows = set.rows(spark);
        Dataset<Row> tested = rows.where(col(TrainingSet.FINAL).equalTo(SplitColumns.TEST));
        Scorer scorer = Scorer.of(bundle, new ModelFiles(spark, context.warehouse()));
        List<Vector> scored = probabilities(scorer.predict(tested.sort(TrainingSet.KEY), set.features()));
        assertThat(scored).isEqualTo(fitted(bundle.encoding(), set, rows));

        Encoding oneHot = EncodingFit.linear(
                ColumnSummaries.of(rows, set.features()), bundle.encoding().target());
        assertThat(accuracy(scored, bundle.encoding(), set, tested)).isGreaterThan(0.95);
        assertThat(accuracy(fitted(oneHot, set, rows), oneHot, set, tested)).isLessThan(0.75);
    }

    /** What a tree, fitted as the final model was, says of the test rows. */
    private static List<Vector> fitted(Encoding encoding, TrainingSet set, Dataset<Row> rows) {
        Dataset<Row> frame =
                new EncodedRows(encoding, set.features()).frame(rows.coalesce(1).sort(TrainingSet.KEY));
        Transformer tree = new DecisionTreeLearner()
                .fit(
                        part(frame, Part.FINAL_TRAIN),
                        SHALLOW,
                        new TrialSettings(Task.BINARY, 2, Metric.ACCURACY, 1, 0, 3));
        return probabilities(tree.transform(part(frame, Part.FINAL_TEST)));
    }

    private static Dataset<Row> part(Dataset<Row> frame, Part part) {
        return frame.where(col(DriverPlacement.PARTS).bitwiseAND(part.bit()).notEqual(0));
    }

    private static List<Vector> probabilities(Dataset<Row> predicted) {
        return predicted.select("probability").collectAsList().stream()
                .map(row -> row.<Vector>getAs("probability"))
                .toList();
    }

    private static double accuracy(List<Vector> scored, Encoding encoding, TrainingSet set, Dataset<Row> tested) {
        List<Row> labels = tested.sort(TrainingSet.KEY)
                .select(new EncodedRows(encoding, set.features()).label().as(SparkLearner.LABEL))
                .collectAsList();
        assertThat(labels).hasSameSizeAs(scored).hasSizeGreaterThan(ROWS / 20);
        int right = 0;
        for (int row = 0; row < labels.size(); row++) {
            right += labels.get(row).<Double>getAs(SparkLearner.LABEL)
                            == scored.get(row).argmax()
                    ? 1
                    : 0;
        }
        return (double) right / labels.size();
    }

    /** A thirtieth of the shops is missing, and of noise more. */
    private void writeRows() {
        StructType schema = new StructType()
                .add("id", DataTypes.IntegerType)
                .add("shop", DataTypes.StringType)
                .add("noise", DataTypes.DoubleType)
                .add("returned", DataTypes.BooleanType);
        SplittableRandom random = new SplittableRandom(4);
        BitSet returning = new BitSet();
        for (int shop = 0; shop < CATEGORIES; shop++) {
            returning.set(shop, random.nextBoolean());
        }
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < ROWS; id++) {
            int shop = random.nextInt(CATEGORIES);
            boolean returned = returning.get(shop) ^ random.nextInt(50) == 0;
            rows.add(RowFactory.create(
                    id,
                    shop == 0 ? null : "shop " + shop,
                    random.nextInt(5) == 0 ? null : random.nextDouble(),
                    returned));
        }
        spark.createDataFrame(rows, schema)
                .write()
                .parquet(folder.resolve("rows").toString());
    }

    private JobContext context() throws Exception {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                version: 1
                name: categories
                sources: {rows: rows}
                training: {rows: rows, key: id, label: returned}
                search:
                  learners: [decision_tree, logistic_regression]
                  trials: 4
                  seed: 3
                  sampler: random
                  metric: accuracy
                  space:
                    decision_tree: {max_depth: 2, min_instances_per_node: 1}
                    logistic_regression: {reg_param: 10.0, elastic_net_param: 0.0}
                """);
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return JobContext.of(
                PipelineFile.load(file, Optional.empty(), List.of(), Map.of()),
                Instant.parse("2026-01-01T00:00:00Z"),
                spark,
                Map.of(),
                new Console(silence, false));
    }
}
