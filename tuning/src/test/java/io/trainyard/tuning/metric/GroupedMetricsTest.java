package io.trainyard.tuning.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupedMetricsTest {
    private static final int ROWS = 1000;

    /** Expected values: card precision as the Fraud Detection Handbook computes it, written down in Python for this sample. */
    @ParameterizedTest
    @CsvSource({
        "1,  1.0,                 0.05841503267973856",
        "5,  0.9428571428571428,  0.28517740429505134",
        "20, 0.35714285714285715, 0.4379201680672269"
    })
    void foundUnitsAreNotLookedForAgain(int k, double precision, double recall) {
        Predictions cards = cards(k);

        assertThat(Metric.PRECISION_AT_K.of(cards)).isCloseTo(precision, within(1e-12));
        assertThat(Metric.RECALL_AT_K.of(cards)).isCloseTo(recall, within(1e-12));
    }

    private static Predictions cards(int k) {
        double[] label = rows(row -> row * 7919 % 101 < 12 ? 1 : 0);
        double[] score = rows(row -> row * 104729L % 997 + label[row] * 300 + row / 1e4);
        Groups days = new Groups(each(row -> row * 7919 % 7), each(row -> row * 104723 % 131));
        return new Predictions(label, score, 1, rows(row -> 1), k, days);
    }

    /** Expected values: scikit-learn 1.9.1's ndcg_score of 2ʳ − 1, with ties, averaged over the groups. */
    @ParameterizedTest
    @CsvSource({"1, 0.9407979407979408", "5, 0.8356613065815264", "10, 0.8072593499144028"})
    void gainOfARankingIsThatOfScikitLearn(int k, double expected) {
        double[] relevance = rows(row -> row * 7919 % 101 < 100 ? Math.floorDiv(row * 7919 % 101, 20) : 0);
        double[] score = rows(row -> Math.floor((row * 104729L % 997 + relevance[row] * 200) / 50) / 10);
        int[] query = each(row -> row * 7919 % 37);
        Predictions ranking = new Predictions(relevance, score, 1, rows(row -> 1), k, new Groups(query, query));

        assertThat(Metric.NDCG_AT_K.of(ranking)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void averagePrecisionLooksAtTheFirstK() {
        double[] relevance = {0, 2, 0, 1, 1, /* nothing relevant */ 0, 0};
        double[] score = {5, 4, 3, 2, 1, 1, 2};
        int[] query = {0, 0, 0, 0, 0, 1, 1};

        assertThat(Metric.MAP_AT_K.of(ranking(relevance, score, query, 4)))
                .as("precision 1/2 at the second place and 2/4 at the fourth, over three relevant rows")
                .isCloseTo((0.5 + 0.5) / 3, within(1e-12));
        assertThat(Metric.MAP_AT_K.of(ranking(relevance, score, query, 2)))
                .as("two places for three")
                .isCloseTo(0.25, within(1e-12));
    }

    @Test
    void equalScoresAreNoRanking() {
        double[] equal = {1, 1, 1, 1};
        int[] query = new int[4];

        assertThat(Metric.MAP_AT_K.of(ranking(new double[] {1, 0, 0, 0}, equal, query, 4)))
                .isCloseTo(0.25, within(1e-12));
        assertThat(Metric.NDCG_AT_K.of(ranking(new double[] {1, 0, 0, 0}, equal, query, 4)))
                .isEqualTo(Metric.NDCG_AT_K.of(ranking(new double[] {0, 0, 0, 1}, equal, query, 4)));
        Predictions two = new Predictions(new double[] {1, 0, 0, 0}, equal, 1, equal, 2);
        assertThat(Metric.PRECISION_AT_K.of(two))
                .as("half a positive on two places")
                .isEqualTo(0.25);
        assertThat(Metric.RECALL_AT_K.of(two)).isEqualTo(0.5);
    }

    /** The order of the rows is that of a file, and says nothing. */
    @Test
    void theOrderOfRowsDoesNotMatter() {
        Predictions cards = cards(20);
        int[] backwards = each(row -> ROWS - 1 - row);
        Predictions reversed = new Predictions(
                rows(row -> cards.label()[backwards[row]]),
                rows(row -> Math.floor(cards.scores()[backwards[row]] / 100)),
                1,
                cards.weight(),
                20,
                new Groups(
                        each(row -> cards.groups().group()[backwards[row]]),
                        each(row -> cards.groups().unit()[backwards[row]])));
        Predictions coarse = new Predictions(
                cards.label(),
                rows(row -> Math.floor(cards.scores()[row] / 100)),
                1,
                cards.weight(),
                20,
                cards.groups());

        assertThat(Metric.PRECISION_AT_K.of(reversed)).isCloseTo(Metric.PRECISION_AT_K.of(coarse), within(1e-12));
        assertThat(Metric.RECALL_AT_K.of(reversed)).isCloseTo(Metric.RECALL_AT_K.of(coarse), within(1e-12));
    }

    @Test
    void aGroupOfWhichNoRowIsDrawnDoesNotCount() {
        double[] relevance = {1, 0, 0, 1};
        double[] score = {2, 1, 2, 1};
        int[] query = {0, 0, 1, 1};
        Predictions second =
                new Predictions(relevance, score, 1, new double[] {0, 0, 3, 3}, 2, new Groups(query, query));

        assertThat(Metric.NDCG_AT_K.of(ranking(relevance, score, new int[] {0, 0, 0, 0}, 2)))
                .isNotEqualTo(Metric.NDCG_AT_K.of(second));
        assertThat(Metric.NDCG_AT_K.of(second))
                .as("the relevant row is the second of its group")
                .isCloseTo(Math.log(2) / Math.log(3), within(1e-12));
    }

    @Test
    void intervalsAreDrawnInUnits() {
        Predictions cards = cards(20);
        Predictions apart = new Predictions(
                cards.label(),
                cards.scores(),
                1,
                cards.weight(),
                20,
                new Groups(cards.groups().group(), each(row -> row)));
        Bootstrap bootstrap = new Bootstrap(500, 0.95, 3);

        Interval byCard = bootstrap.interval(Metric.ROC_AUC, cards);
        assertThat(byCard)
                .isEqualTo(
                        bootstrap.interval(Metric.ROC_AUC, cards, cards.groups().unit()));
        assertThat(byCard).isNotEqualTo(bootstrap.interval(Metric.ROC_AUC, apart));
        Interval precision = bootstrap.interval(Metric.PRECISION_AT_K, cards);
        assertThat(precision.value()).isBetween(precision.low(), precision.high());
    }

    @Test
    void groupsOfAnyNumbersKeepTheirOrder() {
        Groups groups = Groups.of(new long[] {70, -3, 70, 5}, new long[0]);

        assertThat(groups.group()).containsExactly(2, 0, 2, 1);
        assertThat(groups.units(4)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whatIsNoRelevanceIsRefused() {
        assertThatThrownBy(() -> Metric.NDCG_AT_K.of(ranking(new double[] {1, -1}, new double[2], new int[2], 2)))
                .hasMessage("Label of row 1 is -1.0: a relevance must be at least 0");
        assertThatThrownBy(() -> Metric.NDCG_AT_K.of(Predictions.unweighted(new double[2], new double[2], 1)))
                .hasMessage("The metric looks at the first NaN of each group: it must be a whole number from 1 on");
        assertThatThrownBy(() -> ranking(new double[2], new double[2], new int[3], 2))
                .hasMessage("Cannot measure predictions: found 3 groups, expected 2");
    }

    private static Predictions ranking(double[] relevance, double[] score, int[] query, int k) {
        double[] weight = new double[relevance.length];
        Arrays.fill(weight, 1);
        return new Predictions(relevance, score, 1, weight, k, new Groups(query, query));
    }

    private static double[] rows(IntToDoubleFunction value) {
        return IntStream.range(0, ROWS).mapToDouble(value).toArray();
    }

    private static int[] each(IntUnaryOperator value) {
        return IntStream.range(0, ROWS).map(value).toArray();
    }
}
