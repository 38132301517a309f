package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.matrix.BlockWriter;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Queries of eight documents: what a document is worth hangs on two columns, and on its query, of which no column tells. */
@ExtendWith(SparkExtension.class)
class RankingTest {
    private static final List<String> COLUMNS = List.of("match", "age", "length");
    private static final int QUERIES = 300;
    private static final int DOCUMENTS = 8;
    private static final int ROUNDS = 12;
    private static final Params PARAMS = Params.of(Map.of("learning_rate", 0.2, "max_depth", 3L));
    private static final StructType SCHEMA = new StructType()
            .add("match", DataTypes.FloatType)
            .add("age", DataTypes.FloatType)
            .add("length", DataTypes.FloatType)
            .add("relevance", DataTypes.FloatType)
            .add("query", DataTypes.LongType)
            .add("parts", DataTypes.LongType);

    private record Document(float match, float age, float length, float relevance, long query, long parts) {}

    private final SparkSession spark;

    @TempDir
    Path folder;

    RankingTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void modelIsTheLibrarysWithTheGroupsOfTheRows() throws IOException, XGBoostError {
        MatrixBlocks blocks = blocks(Grouping.RANKED, documents());
        try (NativeMatrix train = read(blocks, Part.FINAL_TRAIN)) {
            byte[] ours = new Boosting(settings(), PARAMS, 1, () -> false).fit(train, ROUNDS);

            assertThat(ours).isEqualTo(library(documents()));
        }
    }

    /** From arrays, with nothing of ours in between. */
    private static byte[] library(List<Document> documents) throws XGBoostError {
        List<Document> fitted = documents.stream()
                .filter(document -> (document.parts() & Part.FINAL_TRAIN.bit()) != 0)
                .toList();
        float[] values = new float[fitted.size() * COLUMNS.size()];
        float[] relevance = new float[fitted.size()];
        int[] groups = new int[fitted.size() / DOCUMENTS];
        for (int row = 0; row < fitted.size(); row++) {
            Document document = fitted.get(row);
            values[row * COLUMNS.size()] = document.match();
            values[row * COLUMNS.size() + 1] = document.age();
            values[row * COLUMNS.size() + 2] = document.length();
            relevance[row] = document.relevance();
            groups[row / DOCUMENTS]++;
        }
        DMatrix matrix = new DMatrix(values, fitted.size(), COLUMNS.size(), Float.NaN);
        matrix.setLabel(relevance);
        matrix.setGroup(groups);
        Map<String, Object> parameters = new HashMap<>(PARAMS.values());
        parameters.putAll(Map.of("tree_method", "hist", "max_bin", 256, "objective", "rank:ndcg", "nthread", 1));
        parameters.putAll(Map.of("seed", 7, "seed_per_iteration", true, "verbosity", 0));
        Booster booster = XGBoost.train(matrix, parameters, ROUNDS, Map.of(), null, null);
        booster.setFeatureNames(COLUMNS.toArray(String[]::new));
        booster.setFeatureTypes(new String[] {"q", "q", "q"});
        return booster.toByteArray("ubj");
    }

    @Test
    void gainIsThatOfTheLibrary() throws IOException, XGBoostError {
        MatrixBlocks blocks = blocks(Grouping.RANKED, documents());
        try (NativeMatrix train = read(blocks, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(blocks, Part.SEARCH_VALIDATION)) {
            Boosting.Judged judged = new Boosting(settings(), PARAMS, 1, () -> false).search(train, validation);

            Map<String, Object> parameters = new HashMap<>(PARAMS.values());
            parameters.putAll(Map.of("objective", "rank:ndcg", "eval_metric", "ndcg@5", "nthread", 1, "seed", 7));
            parameters.putAll(Map.of("seed_per_iteration", true, "tree_method", "hist"));
            Booster booster = XGBoost.train(train.matrix(), parameters, judged.rounds(), Map.of(), null, null);
            String told = booster.evalSet(new DMatrix[] {validation.matrix()}, new String[] {"validation"}, 0);
            assertThat(judged.value())
                    .as("but for ties, which the library puts into some order")
                    .isCloseTo(Double.parseDouble(told.substring(told.lastIndexOf(':') + 1)), within(0.01));
        }
    }

    /** A regression learns what shifts whole queries, which no order needs; the ranking learns the order alone. */
    @Test
    void rankingOrdersBetterThanRegression() throws IOException, XGBoostError {
        List<Document> documents = documents();
        MatrixBlocks ranked = blocks(Grouping.RANKED, documents);
        TrialSettings regression = new TrialSettings(Task.REGRESSION, 0, Metric.RMSE, 100, 10, 7);
        try (NativeMatrix train = read(ranked, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(ranked, Part.SEARCH_VALIDATION);
                NativeMatrix test = read(ranked, Part.FINAL_TEST)) {
            double ranking = tested(settings(100), train, validation, test);
            double pointwise = tested(regression, train, validation, test);

            assertThat(ranking).isGreaterThan(pointwise + 0.01);
        }
    }

    private static double tested(TrialSettings settings, NativeMatrix train, NativeMatrix validation, NativeMatrix test)
            throws XGBoostError, IOException {
        Boosting boosting = new Boosting(settings, PARAMS, 1, () -> false);
        int rounds = boosting.search(train, validation).rounds();
        double[] scores = new double[test.labels().length];
        float[][] predicted = XGBoost.loadModel(boosting.fit(train, rounds)).predict(test.matrix(), true);
        for (int row = 0; row < scores.length; row++) {
            scores[row] = predicted[row][0];
        }
        return Metric.NDCG_AT_K.of(settings(100).predictions(test.labels(), scores, test.weights(), test.groups()));
    }

    @Test
    void rowsThatAreNotInTheOrderOfTheirGroupsAreRefused() throws IOException {
        List<Document> documents = new ArrayList<>(documents());
        Collections.reverse(documents);
        MatrixBlocks blocks = blocks(Grouping.RANKED, documents);

        assertThatThrownBy(() -> read(blocks, Part.FINAL_TRAIN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot rank the rows of")
                .hasMessageContaining("and comes after group 299");
    }

    private static TrialSettings settings() {
        return settings(ROUNDS);
    }

    private static TrialSettings settings(int rounds) {
        return new TrialSettings(Task.RANKING, 0, List.of(Metric.NDCG_AT_K), rounds, 10, 7, 5);
    }

    private static List<Document> documents() {
        SplittableRandom random = new SplittableRandom(5);
        List<Document> documents = new ArrayList<>();
        for (int query = 0; query < QUERIES; query++) {
            double popularity = random.nextInt(4);
            for (int document = 0; document < DOCUMENTS; document++) {
                double match = random.nextDouble();
                double age = random.nextDouble();
                double worth = 2 * match - age + random.nextDouble(-0.2, 0.2) + popularity;
                float relevance = Math.max(0, Math.round(worth));
                documents.add(new Document(
                        (float) match, (float) age, (float) random.nextDouble(), relevance, query, parts(query)));
            }
        }
        return documents;
    }

    private static long parts(int query) {
        return switch (query % 3) {
            case 0 -> Part.FINAL_TEST.bit();
            case 1 -> Part.SEARCH_VALIDATION.bit() | Part.FINAL_TRAIN.bit();
            default -> Part.SEARCH_TRAIN.bit() | Part.FINAL_TRAIN.bit();
        };
    }

    private MatrixBlocks blocks(Grouping grouping, List<Document> documents) throws IOException {
        List<Row> rows = documents.stream()
                .map(document -> RowFactory.create(
                        document.match(),
                        document.age(),
                        document.length(),
                        document.relevance(),
                        document.query(),
                        document.parts()))
                .toList();
        return new BlockWriter(spark)
                .write(
                        folder.toUri().toString(),
                        "documents",
                        spark.createDataFrame(rows, SCHEMA).coalesce(1),
                        COLUMNS,
                        List.of("q", "q", "q"),
                        grouping,
                        (row, into) -> {
                            for (int column = 0; column < COLUMNS.size(); column++) {
                                into.features()[column] = row.<Float>getAs(COLUMNS.get(column));
                            }
                            into.set(row.<Float>getAs("relevance"), 1, row.<Long>getAs("parts"));
                            into.setGroups(row.<Long>getAs("query"), row.<Long>getAs("query"));
                        });
    }

    private static NativeMatrix read(MatrixBlocks blocks, Part part) throws IOException {
        return NativeMatrix.read(blocks, part, new Configuration());
    }
}
