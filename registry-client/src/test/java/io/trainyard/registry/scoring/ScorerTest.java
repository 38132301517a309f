package io.trainyard.registry.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleException;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {
    private static final int ROWS = 300;
    private static final GeneratedRows DATA = new GeneratedRows("binary:logistic", List.of(0, 0, 4), 0.2, 1);
    private static final TrainedBooster BOOSTER = TrainedBooster.train(DATA, 10, Map.of());
    private static final List<String> FEATURES = List.of("number 0", "number 1", "kind 2");

    @TempDir
    private Path folder;

    @Test
    void rowsByNameAndByPlaceAndColumnsScoreAsXgboostScoresThemEncoded() {
        Scorer scorer = scorer(BOOSTER);
        float[] encoded = DATA.others(ROWS);
        float[] expected = BOOSTER.scoresOfXgboost(encoded);
        Object[][] arrays = raw(encoded);
        List<Map<String, Object>> maps =
                Arrays.stream(arrays).map(ScorerTest::named).toList();

        assertThat(scorer.features()).isEqualTo(FEATURES);
        requireProbabilities(scorer.score(arrays), expected);
        requireProbabilities(scorer.score(maps), expected);
        requireProbabilities(maps.stream().map(scorer::score).toList(), expected);
        requireProbabilities(Arrays.stream(arrays).map(scorer::score).toList(), expected);
        requireProbabilities(scorer.scoreColumns(columns(arrays)), expected);
        requireProbabilities(scorer.scoreColumns(primitiveColumns(arrays)), expected);
    }

    @Test
    void twoClassesHaveALabelAndAProbability() {
        Scorer scorer = scorer(BOOSTER);
        List<Prediction> predictions = scorer.score(raw(DATA.others(ROWS)));

        assertThat(predictions).extracting(Prediction::label).contains("no", "yes");
        assertThat(predictions).allSatisfy(prediction -> {
            assertThat(prediction.label()).isEqualTo(prediction.probability() > 0.5 ? "yes" : "no");
            assertThat(prediction.probability("yes")).isEqualTo(prediction.probability());
            assertThat(prediction.probabilities())
                    .containsExactly(1 - prediction.probability(), prediction.probability());
            assertThat(prediction).asString().startsWith("label = " + prediction.label());
        });
        assertThatThrownBy(predictions.get(0)::number)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The model predicts one of [no, yes] for 'label' and has no number; "
                        + "ask for label() or probability()");
        assertThatThrownBy(() -> predictions.get(0).probability("maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'maybe' is none of the classes [no, yes] of 'label'");
    }

    @Test
    void severalClassesHaveALabelAndAProbabilityEach() {
        TrainedBooster booster = TrainedBooster.train(GeneratedRows.numbers("multi:softprob", 3), 10, Map.of());
        Scorer scorer = scorer(booster);
        float[] encoded = booster.data().others(ROWS);
        float[] expected = booster.scoresOfXgboost(encoded);
        List<Prediction> predictions = scorer.scoreColumns(Map.of(
                "number 0",
                column(encoded, 3, 0),
                "number 1",
                column(encoded, 3, 1),
                "number 2",
                column(encoded, 3, 2)));

        assertThat(predictions).hasSize(ROWS);
        assertThat(predictions).extracting(Prediction::label).contains("class 0", "class 1", "class 2", "class 3");
        for (int row = 0; row < ROWS; row++) {
            Prediction prediction = predictions.get(row);
            for (int index = 0; index < GeneratedRows.CLASSES; index++) {
                assertThat((float) prediction.probability("class " + index))
                        .isCloseTo(expected[row * GeneratedRows.CLASSES + index], within(1e-6f));
                assertThat(prediction.probability(prediction.label()))
                        .isGreaterThanOrEqualTo(prediction.probabilities()[index]);
            }
        }
        assertThatThrownBy(predictions.get(0)::probability)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no positive class; ask for the probability of one");
    }

    @Test
    void aNumberIsANumber() {
        TrainedBooster booster = TrainedBooster.train(GeneratedRows.numbers("reg:gamma", 2), 10, Map.of());
        Prediction prediction = scorer(booster).score(Map.of("number 0", 1.5, "number 1", -2));

        assertThat((float) prediction.number()).isEqualTo(booster.ourScores(new float[] {1.5f, -2f})[0]);
        assertThat(prediction).hasToString("label = " + prediction.number());
        assertThatThrownBy(prediction::label)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The model predicts a number for 'label' and has no probability; ask for number()");
        assertThatThrownBy(prediction::probability).hasMessageContaining("ask for number()");
    }

    @Test
    void equallyProbableClassesGiveTheFirst() {
        assertThat(new Prediction(DATA.encoding().target(), new float[] {0.5f}, 0).label())
                .isEqualTo("no");
    }

    @Test
    void noRowsGiveNoPredictions() {
        Scorer scorer = scorer(BOOSTER);

        assertThat(scorer.score(List.of())).isEmpty();
        assertThat(scorer.scoreColumns(Map.of("number 0", new int[0], "number 1", List.of(), "kind 2", new String[0])))
                .isEmpty();
    }

    @Test
    void aFeatureThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> scorer(BOOSTER).score(Map.of("number 0", 1, "kind 2", "category 1")))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot score row 0: it has no 'number 1' among [")
                .hasMessageEndingWith("]; give a missing value as null");
        assertThatThrownBy(() -> scorer(BOOSTER).scoreColumns(Map.of("number 0", new int[1])))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot score column 'number 1': it is not among [number 0]; "
                        + "give a column without values as an array of nulls");
        assertThatThrownBy(() -> scorer(BOOSTER).score(new Object[] {1, 2}))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot score row 0: it has 2 values, and the model takes 3: [number 0, number 1, kind 2]");
    }

    @Test
    void aColumnThatTheModelDoesNotTakeIsRefused() {
        Map<String, Object> row = named(new Object[] {1, 2, "category 1"});
        row.put("label", "yes");

        assertThatThrownBy(() -> scorer(BOOSTER).score(List.of(named(new Object[] {1, 2, "category 1"}), row)))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot score row 1: it has [label], which the model does not take; leave it out, "
                        + "the model takes [number 0, number 1, kind 2]");
        Map<String, Object> columns = columns(new Object[][] {{1, 2, "category 1"}});
        columns.put("label", new String[] {"yes"});
        assertThatThrownBy(() -> scorer(BOOSTER).scoreColumns(columns))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot score column 'label': the model does not take it");
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> scorer(BOOSTER).score(new Object[][] {{1, 2, "category 1"}, {1, "two", "category 1"}}))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot score row 1: Cannot encode 'number 1': expected a number and found String 'two'; "
                        + "give it as the training data had it");
        assertThatThrownBy(() -> scorer(BOOSTER).score(new Object[] {1, 2, List.of()}))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot encode 'kind 2': Cannot use a value of ")
                .hasMessageContaining(" as a category: []");
        assertThatThrownBy(() -> scorer(BOOSTER)
                        .scoreColumns(Map.of("number 0", 1.5, "number 1", new int[1], "kind 2", new String[1])))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot score column 'number 0': expected an array or a list of values, and found Double");
        assertThatThrownBy(() -> scorer(BOOSTER)
                        .scoreColumns(Map.of("number 0", new int[2], "number 1", new int[1], "kind 2", new String[2])))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot score column 'number 1': it has 1 values, and 'number 0' has 2");
    }

    @Test
    void aModelOfSparkIsRefused() throws IOException {
        Path directory = folder.resolve("spark");
        Files.createDirectories(directory.resolve("sparkml/metadata"));
        Files.writeString(
                directory.resolve("sparkml/metadata/part-00000"), "{\"class\":\"org.apache.spark.ml.PipelineModel\"}");
        BundleWriter.write(directory, SampleBundle.ENCODING, SampleBundle.METADATA);

        assertThatThrownBy(() -> Scorer.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessage(("Cannot use bundle %s: it holds a model of Spark ML, which needs Spark; score it with "
                                + "trainyard score, or train with the learner xgboost")
                        .formatted(directory));
    }

    @Test
    void aBundleIsHeldToItsManifestAndAModelToItsFormat() throws IOException {
        Path changed = bundle(BOOSTER).directory();
        Files.write(changed.resolve("model.ubj"), new byte[BOOSTER.ubj().length]);
        Path senseless = SampleBundle.write(folder.resolve("senseless"), "{}").directory();

        assertThatThrownBy(() -> Scorer.open(changed))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'model.ubj' has digest");
        assertThatThrownBy(() -> Scorer.open(senseless))
                .isInstanceOf(BundleException.class)
                .hasMessage(("Cannot use bundle %s: file 'model.ubj': it has no 'version'; the file is damaged: "
                                + "register the model again")
                        .formatted(senseless));
    }

    @Test
    void threadsShareAScorer() {
        Scorer scorer = scorer(BOOSTER);
        float[] encoded = DATA.others(ROWS);
        Object[][] arrays = raw(encoded);
        float[] expected = BOOSTER.scoresOfXgboost(encoded);

        IntStream.range(0, 100).parallel().forEach(run -> requireProbabilities(scorer.score(arrays), expected));
    }

    private Scorer scorer(TrainedBooster booster) {
        return Scorer.of(bundle(booster));
    }

    private Bundle bundle(TrainedBooster booster) {
        try {
            Path directory = Files.createTempDirectory(folder, "bundle");
            Files.write(directory.resolve("model.ubj"), booster.ubj());
            return BundleWriter.write(
                    directory, booster.data().encoding(), new BundleMetadata(SampleBundle.LINEAGE, List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireProbabilities(List<Prediction> predictions, float[] expected) {
        assertThat(predictions).hasSize(expected.length);
        for (int row = 0; row < expected.length; row++) {
            assertThat(predictions.get(row).probability()).isCloseTo(expected[row], within(1e-6));
        }
    }

    /** Raw values that {@link #DATA}'s encoding brings to {@code encoded}. */
    private static Object[][] raw(float[] encoded) {
        Object[][] rows = new Object[encoded.length / 3][];
        for (int row = 0; row < rows.length; row++) {
            float kind = encoded[3 * row + 2];
            rows[row] = new Object[] {
                encoded[3 * row],
                Float.isNaN(encoded[3 * row + 1]) ? null : (double) encoded[3 * row + 1],
                Float.isNaN(kind) ? "a category that training did not see" : "category " + (int) kind
            };
        }
        return rows;
    }

    private static Map<String, Object> named(Object[] values) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(FEATURES.get(i), values[i]);
        }
        return row;
    }

    private static Map<String, Object> columns(Object[][] rows) {
        Map<String, Object> columns = new HashMap<>();
        for (int i = 0; i < FEATURES.size(); i++) {
            List<Object> values = new ArrayList<>();
            for (Object[] row : rows) {
                values.add(row[i]);
            }
            columns.put(FEATURES.get(i), i == 0 ? values.toArray() : values);
        }
        return columns;
    }

    private static Map<String, Object> primitiveColumns(Object[][] rows) {
        Map<String, Object> columns = columns(rows);
        float[] first = new float[rows.length];
        double[] second = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            first[row] = (float) rows[row][0];
            second[row] = rows[row][1] == null ? Double.NaN : (double) rows[row][1];
        }
        columns.put(FEATURES.get(0), first);
        columns.put(FEATURES.get(1), second);
        return columns;
    }

    private static float[] column(float[] rows, int width, int column) {
        float[] values = new float[rows.length / width];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows[row * width + column];
        }
        return values;
    }
}
