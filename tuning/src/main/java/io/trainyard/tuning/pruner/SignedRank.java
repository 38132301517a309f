package io.trainyard.tuning.pruner;

import java.util.Arrays;

/** Wilcoxon's signed-rank test, exact also with ties. */
final class SignedRank {

    private SignedRank() {}

    /**
     * The probability that positive differences rank as high as here or higher, if each were as likely negative.
     *
     * <p>Equal magnitudes share their mean rank. Differences of 0 take part in ranking and then say nothing (Pratt 1959).
     *
     * @param differences none is NaN
     */
    static double chance(double[] differences) {
        int[] ranks = doubledRanks(differences);
        int observed = 0;
        double[] chances = new double[Arrays.stream(ranks).sum() + 1];
        chances[0] = 1;
        for (int i = 0; i < ranks.length; i++) {
            if (differences[i] != 0) {
                toss(chances, ranks[i]);
            }
            if (differences[i] > 0) {
                observed += ranks[i];
            }
        }
        double chance = 0;
        for (int sum = chances.length - 1; sum >= observed; sum--) {
            chance += chances[sum];
        }
        return chance;
    }

    /** The distribution of a sum, after a rank was added to it or not with equal chance. */
    private static void toss(double[] chances, int rank) {
        for (int sum = chances.length - 1; sum >= 0; sum--) {
            double before = sum < rank ? 0 : chances[sum - rank];
            chances[sum] = (chances[sum] + before) / 2;
        }
    }

    /** Twice the ranks of the magnitudes from 1, which are whole numbers also where ties share one. */
    private static int[] doubledRanks(double[] differences) {
        return Arrays.stream(differences)
                .map(Math::abs)
                .mapToInt(size -> 1
                        + Arrays.stream(differences)
                                .map(Math::abs)
                                .mapToInt(other -> other < size ? 2 : other == size ? 1 : 0)
                                .sum())
                .toArray();
    }
}
