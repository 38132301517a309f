package io.trainyard.tuning.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRankTest {

    @Test
    void allPositiveIsOneOfAllSigns() {
        assertThat(SignedRank.chance(new double[] {3, 1, 4, 2})).isEqualTo(1 / 16.0);
        assertThat(SignedRank.chance(new double[] {-3, -1, -4, -2})).isEqualTo(1);
    }

    @Test
    void tiesShareTheirMeanRank() {
        assertThat(SignedRank.chance(new double[] {1, 1, -1})).isEqualTo(4 / 8.0);
        assertThat(SignedRank.chance(new double[] {2, 1, -1})).isEqualTo(3 / 8.0);
    }

    @Test
    void nothingIsSaidByNoDifference() {
        assertThat(SignedRank.chance(new double[] {})).isEqualTo(1);
        assertThat(SignedRank.chance(new double[] {0, 0.0, -0.0})).isEqualTo(1);
        assertThat(SignedRank.chance(new double[] {0, 1})).isEqualTo(0.5);
    }

    @Test
    void infinitiesRankHighest() {
        double infinity = Double.POSITIVE_INFINITY;

        assertThat(SignedRank.chance(new double[] {1, 2, infinity})).isEqualTo(1 / 8.0);
        assertThat(SignedRank.chance(new double[] {1, 2, -infinity})).isEqualTo(5 / 8.0);
    }

    /** Which is two-sided and takes no ties: half of its probability is ours, where positive ranks prevail. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheExactTestOfCommonsMath(long seed) {
        double[] positive =
                new Random(seed).doubles(5 + seed, -0.5, 1).map(x -> x + 0.1).toArray();
        double[] zeros = new double[positive.length];
        double twoSided = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(zeros, positive, true);
        double chance = Math.min(
                SignedRank.chance(positive),
                SignedRank.chance(Arrays.stream(positive).map(x -> -x).toArray()));

        assertThat(chance).isCloseTo(twoSided / 2, within(1e-12));
    }
}
