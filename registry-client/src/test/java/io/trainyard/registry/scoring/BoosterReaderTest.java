package io.trainyard.registry.scoring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoosterReaderTest {
    private static final TrainedBooster BOOSTER =
            TrainedBooster.train(GeneratedRows.mixed("binary:logistic"), 4, Map.of("max_depth", 4));

    @ParameterizedTest
    @ValueSource(strings = {"reg:logistic", "binary:logitraw", "binary:hinge", "reg:absoluteerror", "rank:pairwise"})
    void otherObjectivesAreRefused(String objective) {
        TrainedBooster booster =
                TrainedBooster.train(GeneratedRows.numbers("binary:logistic", 2), 1, Map.of("objective", objective));

        assertThatThrownBy(booster::read)
                .isInstanceOf(ModelFileException.class)
                .hasMessage(
                        "'learner.objective.name': models for '%s' are not supported; score them with XGBoost itself"
                                .formatted(objective));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dart", "gblinear"})
    void otherBoostersAreRefused(String kind) {
        Map<String, String> parameters = kind.equals("dart")
                ? Map.of("booster", kind)
                : Map.of("booster", kind, "tree_method", "auto", "updater", "coord_descent");
        TrainedBooster booster = TrainedBooster.train(GeneratedRows.numbers("reg:squarederror", 3), 2, parameters);

        assertThatThrownBy(booster::read)
                .isInstanceOf(ModelFileException.class)
                .hasMessage(
                        "'learner.gradient_booster.name': boosters of the kind '%s' are not supported; ".formatted(kind)
                                + "train with booster=gbtree");
    }

    @Test
    void severalQuantilesAreRefused() {
        TrainedBooster booster = TrainedBooster.train(
                GeneratedRows.numbers("reg:quantileerror", 3), 2, Map.of("quantile_alpha", "[0.1,0.9]"));

        assertThatThrownBy(booster::read).hasMessageContaining("models of 2 targets are not supported");
    }

    @Test
    void leavesOfSeveralNumbersAreRefused() {
        TrainedBooster booster = TrainedBooster.train(
                GeneratedRows.numbers("multi:softprob", 3), 2, Map.of("multi_strategy", "multi_output_tree"));

        assertThatThrownBy(booster::read)
                .hasMessageContaining("trees[0].tree_param.size_leaf_vector': leaves of 4 numbers are not supported");
    }

    @Test
    void anEncodingOfOtherColumnsIsRefused() {
        Encoding encoding = BOOSTER.data().encoding();
        Encoding fewer = new Encoding(encoding.features().subList(1, 9), encoding.target());
        Encoding others = new Encoding(
                encoding.features().stream()
                        .map(feature -> feature.name().equals("number 0") ? new Feature.NumberFeature("x") : feature)
                        .toList(),
                encoding.target());

        assertThatThrownBy(() -> new BoosterReader(fewer).read(BOOSTER.ubj()))
                .hasMessageContaining("num_feature': it takes 9 columns, and the encoding gives 8");
        assertThatThrownBy(() -> new BoosterReader(others).read(BOOSTER.ubj()))
                .hasMessageContaining("feature_names': it takes the columns [number_0, number_1,")
                .hasMessageContaining("and the encoding gives [x, number_1,");
    }

    @Test
    void anEncodingOfAnotherTargetIsRefused() {
        List<Feature> features = BOOSTER.data().encoding().features();
        Encoding number = new Encoding(features, new Target.NumberTarget("label"));
        Encoding three = new Encoding(features, new Target.ClassTarget("label", List.of("a", "b", "c")));
        TrainedBooster four = TrainedBooster.train(GeneratedRows.mixed("multi:softprob"), 1, Map.of());

        assertThatThrownBy(() -> new BoosterReader(number).read(BOOSTER.ubj()))
                .hasMessageContaining("objective.name': a model for 'binary:logistic' does not predict a number");
        assertThatThrownBy(() -> new BoosterReader(three).read(BOOSTER.ubj()))
                .hasMessageContaining("objective.name': a model for 'binary:logistic' does not predict [a, b, c]");
        assertThatThrownBy(() -> new BoosterReader(three).read(four.ubj()))
                .hasMessageContaining("num_class': it has 4 classes, and the encoding [a, b, c]");
    }

    @Test
    void aChildThatLeadsBackIsRefused() {
        requireRefused(bytes -> bytes.set("left_children", 1, 0), "trees[0]': two nodes lead to node 0");
        requireRefused(bytes -> bytes.set("left_children", 0, 2), "trees[0]': two nodes lead to node 2");
    }

    @Test
    void aChildThatIsNotThereIsRefused() {
        requireRefused(
                bytes -> bytes.set("left_children", 0, 1_000_000),
                "trees[0]': left_children and right_children has node 1000000, and there are");
        requireRefused(bytes -> bytes.set("right_children", 0, -1), "has node -1, and there are");
        requireRefused(bytes -> bytes.set("left_children", 0, -1), "has a right child, 2, and no left one");
    }

    @Test
    void aSplitThatNoRowCanFollowIsRefused() {
        requireRefused(bytes -> bytes.set("split_indices", 0, 9), "splits by column 9, and the encoding has 9 columns");
        requireRefused(bytes -> bytes.set("split_indices", 0, -1), "splits by column -1");
        requireRefused(
                bytes -> bytes.setByte("split_type", 0, 0).set("split_conditions", 0, Float.NaN), "splits at NaN");
        requireRefused(
                bytes -> bytes.setByte("split_type", 0, 1).set("split_indices", 0, 0),
                "node 0 splits by categories of column 0, which holds numbers in the encoding");
    }

    @Test
    void categoriesThatTheEncodingDoesNotHaveAreRefused() {
        requireRefused(bytes -> bytes.set("categories", 0, 200), "by category 200 of column");
        requireRefused(bytes -> bytes.set("categories", 0, -1), "by category -1 of column");
        requireRefused(bytes -> bytes.set("categories_nodes", 0, 999), "categories_nodes has node 999");
    }

    @Test
    void aLengthThatTheFileDoesNotHaveIsRefused() {
        requireRefused(
                bytes -> bytes.setLength("left_children", Long.MAX_VALUE),
                "a length of 9223372036854775807 is declared, and");
        requireRefused(bytes -> bytes.setLength("left_children", -1), "a length of -1 is declared");
        requireRefused(bytes -> bytes.setLength("left_children", 1L << 30), "a length of 1073741824 is declared");
    }

    @Test
    void aBaseScoreThatTheLinkDoesNotTakeIsRefused() {
        requireRefused(bytes -> bytes.setText("base_score", "[0E-1,"), "base_score': it has 2 numbers for 1 scores");
        requireRefused(
                bytes -> bytes.setText("base_score", "[0E0000000000".substring(0, 4)), "no number at which sums");
    }

    @Test
    void otherVersionsAreRefused() {
        byte[] bytes = BOOSTER.ubj();
        int minor = bytes.length - 4;

        assertThatThrownBy(() -> read(changed(bytes, minor, 2)))
                .hasMessage("'version': XGBoost 3.2.1 wrote it, and models of 3.1 are read; train the model again");
        assertThatThrownBy(() -> read(changed(bytes, minor, 11))).hasMessageContaining("XGBoost 3.11.1 wrote it");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 100, 1_000, 5_000})
    void aFileThatEndsEarlyIsRefused(int length) {
        assertThatThrownBy(() -> read(Arrays.copyOf(BOOSTER.ubj(), length)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("at byte ")
                .hasMessageEndingWith("; the file is damaged: register the model again");
    }

    @Test
    void whatFollowsTheModelIsRefused() {
        byte[] longer = Arrays.copyOf(BOOSTER.ubj(), BOOSTER.ubj().length + 3);

        assertThatThrownBy(() -> read(longer)).hasMessageContaining("3 bytes follow the end of the model");
    }

    @Test
    void valuesThatLieDeepInEachOtherAreRefused() {
        byte[] deep = "[#U\u0001".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(deep)).hasMessageContaining("more than 32 values lie in each other");
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static void requireRefused(UnaryOperator<ModelBytes> damage, String message) {
        byte[] damaged = damage.apply(new ModelBytes(BOOSTER.ubj())).bytes();
        assertThatThrownBy(() -> read(damaged))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    private static void read(byte[] ubj) {
        new BoosterReader(BOOSTER.data().encoding()).read(ubj);
    }
}
