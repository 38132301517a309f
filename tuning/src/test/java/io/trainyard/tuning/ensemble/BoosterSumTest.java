package io.trainyard.tuning.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.metric.Task;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoosterSumTest {
    private static final int ROWS = 300;
    private static final int COLUMNS = 4;
    private static final String[] NAMES = {"a", "größe", "c", "温度"};

    private final DMatrix matrix;
    private final float[] signal = new float[ROWS];

    BoosterSumTest() throws XGBoostError {
        SplittableRandom random = new SplittableRandom(5);
        float[] values = new float[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(9) == 0
                    ? Float.NaN
                    : i % COLUMNS == 3 ? random.nextInt(6) : (float) random.nextDouble();
        }
        for (int row = 0; row < ROWS; row++) {
            float first = values[row * COLUMNS];
            signal[row] = (float) (Float.isNaN(first) ? 0.4 : first) + values[row * COLUMNS + 3] % 2 * 0.2f;
            if (Float.isNaN(signal[row])) {
                signal[row] = 0.5f;
            }
        }
        matrix = new DMatrix(values, ROWS, COLUMNS, Float.NaN);
        matrix.setFeatureNames(NAMES);
        matrix.setFeatureTypes(new String[] {"q", "q", "q", "c"});
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "MULTICLASS", "REGRESSION"})
    void marginsOfTheMeanAreTheMeanOfMargins(Task task) throws Exception {
        Booster deep = booster(task, Map.of("max_depth", 5, "max_cat_to_onehot", 1), 7);
        Booster shallow = booster(task, Map.of("max_depth", 2, "learning_rate", 0.1, "num_parallel_tree", 2), 11);

        Booster sum = read(BoosterSum.mean(List.of(of(deep), of(shallow)), List.of(0.75, 0.25)));

        float[][] expected = deep.predict(matrix, true);
        float[][] other = shallow.predict(matrix, true);
        float[][] found = sum.predict(matrix, true);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < expected[row].length; column++) {
                assertThat((double) found[row][column])
                        .as("row %d", row)
                        .isCloseTo(0.75 * expected[row][column] + 0.25 * other[row][column], within(2e-5));
            }
        }
        assertThat(sum.getNumBoostedRound()).isEqualTo(18);
        assertThat(sum.getFeatureNames()).containsExactly(NAMES);
    }

    @Test
    void scaledMarginsAreTheScalingOfMargins() throws Exception {
        Booster booster = booster(Task.BINARY, Map.of("max_depth", 3), 9);

        float[][] scaled = read(of(booster).scaled(new PlattScaling(0.6, -0.3))).predict(matrix, true);

        float[][] margins = booster.predict(matrix, true);
        for (int row = 0; row < ROWS; row++) {
            assertThat((double) scaled[row][0]).isCloseTo(0.6 * margins[row][0] - 0.3, within(2e-5));
        }
    }

    @Test
    void whatCannotBeAddedUpIsRefused() throws Exception {
        Booster dart = booster(Task.BINARY, Map.of("booster", "dart"), 2);
        Booster plain = booster(Task.BINARY, Map.of(), 2);
        Booster other = booster(Task.BINARY, Map.of("base_score", 0.9), 2);

        assertThatThrownBy(() -> of(dart))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot add up boosters of the kind 'dart': only gbtree");
        assertThatThrownBy(() -> BoosterSum.mean(List.of(of(plain), of(other)), List.of(0.5, 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot add up boosters that begin differently");
        assertThatThrownBy(() -> of(booster(Task.REGRESSION, Map.of(), 2)).scaled(PlattScaling.identity()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot scale the probabilities of a booster for reg:squarederror");
    }

    private Booster booster(Task task, Map<String, Object> more, int rounds) throws XGBoostError {
        float[] label = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            label[row] = switch (task) {
                case BINARY -> signal[row] > 0.6 ? 1 : 0;
                case MULTICLASS -> signal[row] > 0.7 ? 2 : signal[row] > 0.4 ? 1 : 0;
                default -> 10 * signal[row];
            };
        }
        matrix.setLabel(label);
        Map<String, Object> params = new HashMap<>(Map.of("verbosity", 0, "tree_method", "hist"));
        switch (task) {
            case BINARY -> params.put("objective", "binary:logistic");
            case MULTICLASS -> params.putAll(Map.of("objective", "multi:softprob", "num_class", 3));
            default -> params.put("objective", "reg:squarederror");
        }
        params.putAll(more);
        return XGBoost.train(matrix, params, rounds, Map.of(), null, null);
    }

    private static BoosterSum of(Booster booster) throws IOException, XGBoostError {
        return BoosterSum.of(booster.toByteArray("ubj"));
    }

    private static Booster read(BoosterSum sum) throws IOException, XGBoostError {
        return XGBoost.loadModel(sum.ubj(List.of(NAMES)));
    }
}
