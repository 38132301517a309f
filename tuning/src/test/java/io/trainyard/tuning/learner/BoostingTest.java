package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.Examples.Example;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class BoostingTest {
    private static final int ROUNDS = 40;
    private static final int PATIENCE = 8;

    /** Sampling makes a model depend on the seed of every round, which is where a loop of one's own could go wrong. */
    private static final Params SAMPLING =
            Params.of(Map.of("learning_rate", 0.3, "max_depth", 4L, "subsample", 0.7, "colsample_bytree", 0.7));

    private final SparkSession spark;

    @TempDir
    private Path folder;

    BoostingTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RANKING") // has groups: RankingTest
    void trainsWhatXgboostTrains(Task task) throws IOException, XGBoostError {
        TrialSettings settings = settings(task);
        try (NativeMatrix train = read(Examples.of(task, 500), Part.FINAL_TRAIN)) {
            byte[] ours = new Boosting(settings, SAMPLING, 2, () -> false).fit(train, ROUNDS);

            assertThat(ours).isEqualTo(library(task, train.matrix()));
        }
    }

    private static byte[] library(Task task, DMatrix train) throws XGBoostError {
        Map<String, Object> parameters = new HashMap<>(SAMPLING.values());
        parameters.putAll(Map.of(
                "tree_method", "hist", "max_bin", 256, "objective", BoosterParameters.objective(task), "nthread", 1));
        parameters.putAll(Map.of("seed", 7, "seed_per_iteration", true, "verbosity", 0));
        if (task == Task.MULTICLASS) {
            parameters.put("num_class", 3);
        }
        if (task == Task.TWEEDIE) {
            parameters.put("tweedie_variance_power", 1.3);
        }
        if (task == Task.QUANTILE) {
            parameters.put("quantile_alpha", 0.8);
        }
        Booster booster = XGBoost.train(train, parameters, ROUNDS, Map.of(), null, null);
        booster.setFeatureNames(train.getFeatureNames());
        booster.setFeatureTypes(train.getFeatureTypes());
        return booster.toByteArray("ubj");
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "MULTICLASS", "TWEEDIE"})
    void judgesTheBestRound(Task task) throws IOException, XGBoostError {
        Boosting boosting = new Boosting(settings(task), SAMPLING, 1, () -> false);
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(task, 500));
        try (NativeMatrix train = read(blocks, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(blocks, Part.SEARCH_VALIDATION)) {
            Boosting.Judged judged = boosting.search(train, validation);

            double[] values = new double[judged.trained()];
            for (int rounds = 1; rounds <= judged.trained(); rounds++) {
                values[rounds - 1] = value(settings(task), boosting.fit(train, rounds), validation);
            }
            assertThat(judged.value()).isEqualTo(values[judged.rounds() - 1]);
            assertThat(judged.value()).isEqualTo(DoubleStream.of(values).min().orElseThrow());
            assertThat(judged.trained()).isEqualTo(Math.min(ROUNDS, judged.rounds() + PATIENCE));
        }
    }

    @Test
    void dartTrainsAllRoundsAsTheLibraryDoes() throws IOException, XGBoostError {
        Params dart = Params.of(Map.of("booster", "dart", "rate_drop", 0.3, "max_depth", 3L));
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(Task.BINARY, 500));
        try (NativeMatrix train = read(blocks, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(blocks, Part.SEARCH_VALIDATION)) {
            Boosting boosting = new Boosting(settings(Task.BINARY), dart, 1, () -> false);
            Boosting.Judged judged = boosting.search(train, validation);
            byte[] ours = boosting.fit(train, ROUNDS);

            Map<String, Object> parameters = new HashMap<>(dart.values());
            parameters.putAll(
                    Map.of("tree_method", "hist", "max_bin", 256, "objective", "binary:logistic", "nthread", 1));
            parameters.putAll(Map.of("seed", 7, "seed_per_iteration", true, "verbosity", 0));
            Booster library = XGBoost.train(train.matrix(), parameters, ROUNDS, Map.of(), null, null);
            assertThat(judged.rounds()).isEqualTo(ROUNDS);
            assertThat(XGBoost.loadModel(ours).predict(validation.matrix()))
                    .isDeepEqualTo(library.predict(validation.matrix()));
            assertThat(judged.value()).isEqualTo(value(settings(Task.BINARY), ours, validation));
        }
    }

    @Test
    void judgesAllRoundsWithoutPatience() throws IOException, XGBoostError {
        TrialSettings settings = new TrialSettings(Task.BINARY, 2, Metric.LOG_LOSS, 2 * ROUNDS, 0, 7);
        Boosting boosting = new Boosting(settings, SAMPLING, 1, () -> false);
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(Task.BINARY, 500));
        try (NativeMatrix train = read(blocks, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(blocks, Part.SEARCH_VALIDATION)) {
            double last = value(settings, boosting.fit(train, 2 * ROUNDS), validation);

            assertThat(boosting.search(train, validation))
                    .isEqualTo(new Boosting.Judged(List.of(last), 2 * ROUNDS, 2 * ROUNDS));
        }
    }

    @Test
    void maximizesWhereHigherIsBetter() throws IOException, XGBoostError {
        TrialSettings settings = new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, ROUNDS, PATIENCE, 7);
        Boosting boosting = new Boosting(settings, SAMPLING, 1, () -> false);
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(Task.BINARY, 500));
        try (NativeMatrix train = read(blocks, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(blocks, Part.SEARCH_VALIDATION)) {
            Boosting.Judged judged = boosting.search(train, validation);

            assertThat(judged.value())
                    .isEqualTo(value(settings, boosting.fit(train, judged.rounds()), validation))
                    .isGreaterThan(value(settings, boosting.fit(train, 1), validation));
        }
    }

    @Test
    void looksAtTheMetricSoOftenAsPatienceNeeds() throws IOException, XGBoostError {
        assertThat(IntStream.of(0, 8, 20, 50, 500)
                        .map(patience ->
                                new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, ROUNDS, patience, 7).watchEvery()))
                .containsExactly(1, 1, 2, 5, 5);
        TrialSettings patient = new TrialSettings(Task.BINARY, 2, Metric.LOG_LOSS, 500, 50, 7);
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(Task.BINARY, 500));
        try (NativeMatrix train = read(blocks, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(blocks, Part.SEARCH_VALIDATION)) {
            Boosting boosting = new Boosting(patient, SAMPLING, 1, () -> false);

            Boosting.Judged judged = boosting.search(train, validation);

            assertThat(judged.rounds())
                    .isPositive()
                    .satisfies(rounds -> assertThat(rounds % 5).isZero());
            assertThat(judged.trained()).isEqualTo(judged.rounds() + 50);
            for (int rounds = 5; rounds <= judged.trained(); rounds += 5) {
                assertThat(value(patient, boosting.fit(train, rounds), validation))
                        .isGreaterThanOrEqualTo(judged.value());
            }
            Boosting.Judged begun =
                    boosting.search(train, validation, Optional.empty(), 3).judged();
            assertThat(begun.rounds()).as("of a trial that goes on").isEqualTo(3);
            assertThat(begun.value()).isEqualTo(value(patient, boosting.fit(train, 3), validation));
        }
    }

    /** Whether a trial goes on where it paused or is read back elsewhere, to the last byte. */
    @ParameterizedTest
    @MethodSource("drawing")
    void goesOnInPlaceAsElsewhere(Task task, Params params) throws IOException, XGBoostError {
        Boosting boosting = new Boosting(settings(task, ROUNDS), params, 2, () -> false);
        MatrixBlocks blocks = Examples.write(spark, folder, Examples.of(task, 2_000));
        try (NativeMatrix train = read(blocks, Part.SEARCH_TRAIN);
                NativeMatrix validation = read(blocks, Part.SEARCH_VALIDATION)) {
            Optional<Boosting.Checkpoint> here = Optional.empty();
            Optional<Boosting.Checkpoint> elsewhere = Optional.empty();
            for (int until : new int[] {5, 9, 16, 30}) {
                Boosting.Stretch inPlace = boosting.search(train, validation, here, until);
                here = inPlace.checkpoint();
                try (NativeMatrix others = read(blocks, Part.SEARCH_TRAIN)) {
                    Boosting.Stretch readBack = boosting.search(others, validation, elsewhere, until);
                    elsewhere = readBack.checkpoint();
                    assertThat(inPlace.judged()).isEqualTo(readBack.judged());
                }
                assertThat(here).isPresent();
                assertThat(here.get().model()).isEqualTo(elsewhere.orElseThrow().model());
                assertThat(here.get().best()).isEqualTo(elsewhere.get().best());
            }
        }
    }

    static Stream<Arguments> drawing() {
        return Stream.of(
                Arguments.of(Task.BINARY, SAMPLING),
                Arguments.of(Task.MULTICLASS, SAMPLING),
                Arguments.of(Task.REGRESSION, Params.of(Map.of("colsample_bylevel", 0.5, "learning_rate", 0.05))),
                Arguments.of(
                        Task.BINARY,
                        Params.of(Map.of("grow_policy", "lossguide", "max_leaves", 9L, "colsample_bynode", 0.5))),
                Arguments.of(
                        Task.BINARY,
                        Params.of(Map.of("num_parallel_tree", 3L, "subsample", 0.5, "colsample_bytree", 0.4))));
    }

    /** No threshold parts one category in the middle from those around it. */
    @Test
    void splitsCategoriesAsCategories() throws IOException, XGBoostError {
        List<Example> examples = IntStream.range(0, 100)
                .mapToObj(row -> new Example(0, 0, row % 5, row % 5 == 2 ? 1 : 0, 1, Part.FINAL_TRAIN.bit()))
                .toList();
        Params stump = Params.of(Map.of("max_depth", 1L, "min_child_weight", 0.0));
        try (NativeMatrix train = read(examples, Part.FINAL_TRAIN)) {
            byte[] model = new Boosting(settings(Task.BINARY), stump, 1, () -> false).fit(train, 1);

            double[] scores = scores(XGBoost.loadModel(model), train.matrix());
            for (int row = 0; row < scores.length; row++) {
                assertThat(scores[row] > 0.3).as("row %d", row).isEqualTo(row % 5 == 2);
            }
        }
    }

    @Test
    void weighsRows() throws IOException, XGBoostError {
        List<Example> examples = Examples.of(Task.BINARY, 200);
        List<Example> unweighted = examples.stream()
                .map(row -> new Example(row.amount(), row.noise(), row.category(), row.label(), 1, row.parts()))
                .toList();
        Boosting boosting = new Boosting(settings(Task.BINARY), SAMPLING, 1, () -> false);
        try (NativeMatrix weighted = read(examples, Part.FINAL_TRAIN)) {
            byte[] model = boosting.fit(weighted, 5);
            try (NativeMatrix equal = NativeMatrix.read(
                    Examples.write(spark, folder.toUri().toString(), "unweighted", unweighted),
                    Part.FINAL_TRAIN,
                    new Configuration())) {
                assertThat(boosting.fit(equal, 5)).isNotEqualTo(model);
            }
        }
    }

    @Test
    void stopsBeforeTheNextRoundOnceCancelled() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Boosting boosting = new Boosting(settings(Task.BINARY), SAMPLING, 1, () -> asked.incrementAndGet() > 3);
        try (NativeMatrix train = read(Examples.of(Task.BINARY, 100), Part.FINAL_TRAIN)) {
            assertThatThrownBy(() -> boosting.fit(train, ROUNDS))
                    .isInstanceOf(CancelledTrainingException.class)
                    .hasMessageContaining("3");
        }
    }

    /** What other languages read. */
    @Test
    void namesOfFeaturesAreWhole() throws IOException, XGBoostError {
        String[] names = {"größe", "温度", "c"};
        try (NativeMatrix train = read(Examples.of(Task.BINARY, 100), Part.FINAL_TRAIN)) {
            train.matrix().setFeatureNames(names);

            byte[] model = new Boosting(settings(Task.BINARY), SAMPLING, 1, () -> false).fit(train, 2);

            assertThat(XGBoost.loadModel(model).getFeatureNames()).containsExactly(names);
        }
    }

    private static TrialSettings settings(Task task) {
        return settings(task, PATIENCE);
    }

    private static TrialSettings settings(Task task, int patience) {
        return switch (task) {
            case BINARY -> new TrialSettings(task, 2, Metric.LOG_LOSS, ROUNDS, patience, 7);
            case MULTICLASS -> new TrialSettings(task, 3, Metric.LOG_LOSS, ROUNDS, patience, 7);
            case REGRESSION -> new TrialSettings(task, 0, Metric.RMSE, ROUNDS, patience, 7);
            case POISSON, GAMMA, TWEEDIE, QUANTILE, RANKING ->
                new TrialSettings(
                        task,
                        0,
                        List.of(Metric.defaultFor(task)),
                        ROUNDS,
                        patience,
                        7,
                        task == Task.TWEEDIE ? 1.3 : task == Task.QUANTILE ? 0.8 : Double.NaN);
        };
    }

    private static double value(TrialSettings settings, byte[] model, NativeMatrix rows)
            throws IOException, XGBoostError {
        double[] scores = scores(XGBoost.loadModel(model), rows.matrix());
        return settings.metric().of(settings.predictions(rows.labels(), scores, rows.weights(), rows.groups()));
    }

    private static double[] scores(Booster booster, DMatrix rows) throws XGBoostError {
        return Arrays.stream(booster.predict(rows))
                .flatMapToDouble(scores -> IntStream.range(0, scores.length).mapToDouble(score -> scores[score]))
                .toArray();
    }

    private NativeMatrix read(List<Example> examples, Part part) throws IOException {
        return read(Examples.write(spark, folder, examples), part);
    }

    private static NativeMatrix read(MatrixBlocks blocks, Part part) throws IOException {
        return NativeMatrix.read(blocks, part, new Configuration());
    }
}
