package io.trainyard.registry.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held to XGBoost's own predictions. */
class BoostedTreesTest {
    private static final int ROWS = 1_001;

    static List<String> objectives() {
        return List.of(
                "binary:logistic",
                "multi:softprob",
                "reg:squarederror",
                "count:poisson",
                "reg:gamma",
                "reg:tweedie",
                "reg:quantileerror");
    }

    static Stream<GeneratedRows> data() {
        return objectives().stream()
                .flatMap(objective -> Stream.of(
                        GeneratedRows.numbers(objective, 10),
                        GeneratedRows.mixed(objective),
                        new GeneratedRows(objective, List.of(0, 0, 5, 0), 0, 2),
                        new GeneratedRows(objective, List.of(0, 7), 0.8, 3)));
    }

    @ParameterizedTest
    @MethodSource("data")
    void scoresAreXgboosts(GeneratedRows data) {
        requireEqual(TrainedBooster.train(data, 12, Map.of("max_depth", 6)));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void aBaseScoreThatWasGivenIsTaken(String objective) {
        requireEqual(TrainedBooster.train(GeneratedRows.numbers(objective, 5), 3, Map.of("base_score", 0.3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_depth=1",
                "max_depth=14 min_child_weight=0",
                "max_depth=0 grow_policy=lossguide max_leaves=70",
                "num_parallel_tree=3 subsample=0.5",
                "max_cat_to_onehot=300",
                "max_cat_to_onehot=1 max_cat_threshold=3",
                "gamma=50",
                "gamma=1e9",
                "tree_method=approx",
                "reg_alpha=10 max_delta_step=0.1"
            })
    void treesOfAnyShapeAreEvaluated(String parameters) {
        Map<String, String> all = Arrays.stream(parameters.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        requireEqual(TrainedBooster.train(GeneratedRows.mixed("binary:logistic"), 8, all));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void aModelWithoutTreesGivesItsBase(String objective) {
        requireEqual(TrainedBooster.train(GeneratedRows.numbers(objective, 3), 0, Map.of("base_score", 0.3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 128, 129})
    void aRowsScoresDependOnNoOtherRow(int count) {
        TrainedBooster booster = TrainedBooster.train(GeneratedRows.mixed("multi:softprob"), 5, Map.of());
        float[] rows = booster.data().others(200);
        float[] some = Arrays.copyOf(rows, count * booster.data().width());

        assertThat(booster.ourScores(some))
                .isEqualTo(Arrays.copyOf(booster.ourScores(rows), count * GeneratedRows.CLASSES));
    }

    @Test
    void infiniteValuesAreInOrder() {
        TrainedBooster booster = TrainedBooster.train(GeneratedRows.numbers("reg:squarederror", 3), 10, Map.of());

        assertThat(booster.ourScores(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1}))
                .isEqualTo(booster.ourScores(new float[] {1e37f, -1e37f, 1}));
    }

    private static void requireEqual(TrainedBooster booster) {
        float[] rows = booster.data().others(ROWS);
        float[] expected = booster.scoresOfXgboost(rows);

        assertThat(booster.ourMargins(rows)).isEqualTo(booster.marginsOfXgboost(rows));
        float[] found = booster.ourScores(rows);
        assertThat(found).hasSameSizeAs(expected);
        float furthest = 0;
        for (int i = 0; i < found.length; i++) {
            furthest = Math.max(furthest, Math.abs(found[i] - expected[i]) / Math.ulp(expected[i]));
        }
        assertThat(furthest).as("last places between our scores and XGBoost's").isLessThanOrEqualTo(4);
    }
}
