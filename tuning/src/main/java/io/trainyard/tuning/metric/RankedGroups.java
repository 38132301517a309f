package io.trainyard.tuning.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well scores order the rows of each group by relevance, within its first k places. A group without a relevant row says nothing and
 * is left out. A group weighs what its rows weigh in the mean.
 */
final class RankedGroups {
    private RankedGroups() {}

    /** A group's rows, and what they come to. */
    @SuppressWarnings("ArrayRecordComponent") // Private and never compared.
    private record Ranked(int[] rows, double value) {}

    /** The measure of one group. */
    @FunctionalInterface
    private interface Measure {
        /** @param order the group's rows by score, the highest first */
        double of(Predictions predictions, Integer[] order);
    }

    /**
     * Normalized discounted cumulative gain with the gain 2ʳ − 1 of relevance r and the discount 1 / log₂(place + 1) (Burges et al. 2005,
     * "Learning to rank using gradient descent", 5). Rows of equal score share the discounts of their places (McSherry and Najork 2008,
     * "Computing information retrieval performance measures efficiently in the presence of tied scores").
     */
    static WeightedMetric ndcg(Predictions predictions) {
        return mean(predictions, RankedGroups::ndcgOf);
    }

    /**
     * Mean of the precision at each relevant row among the first k places, over the fewer of k and the relevant rows; relevant is what is
     * above 0. Of rows of equal score the irrelevant count as the first.
     */
    static WeightedMetric meanAveragePrecision(Predictions predictions) {
        return mean(predictions, RankedGroups::averagePrecisionOf);
    }

    private static WeightedMetric mean(Predictions predictions, Measure measure) {
        predictions.requireRelevance();
        List<Ranked> groups = new ArrayList<>();
        for (int[] rows : rows(predictions.groups().groups(predictions.rows()))) {
            double value = measure.of(predictions, ordered(predictions, rows));
            if (!Double.isNaN(value)) {
                groups.add(new Ranked(rows, value));
            }
        }
        return weight -> weighted(groups, weight);
    }

    private static double weighted(List<Ranked> groups, double[] weight) {
        double sum = 0;
        double total = 0;
        for (Ranked group : groups) {
            double own = 0;
            for (int row : group.rows()) {
                own += weight[row];
            }
            own /= group.rows().length;
            sum += own * group.value();
            total += own;
        }
        return sum / total;
    }

    private static double ndcgOf(Predictions predictions, Integer[] order) {
        double[] relevance = predictions.label();
        int k = Math.min(predictions.top(), order.length);
        double gained = 0;
        for (int first = 0; first < k; ) {
            int end = first;
            double gain = 0;
            double discount = 0;
            for (;
                    end < order.length
                            && predictions.scores()[order[end]] == predictions.scores()[order[first]];
                    end++) {
                gain += gain(relevance[order[end]]);
                discount += end < k ? discount(end) : 0;
            }
            gained += gain / (end - first) * discount;
            first = end;
        }
        double[] ideal =
                Arrays.stream(order).mapToDouble(row -> relevance[row]).sorted().toArray();
        double most = 0;
        for (int place = 0; place < k; place++) {
            most += gain(ideal[ideal.length - 1 - place]) * discount(place);
        }
        return most == 0 ? Double.NaN : gained / most;
    }

    private static double gain(double relevance) {
        return Math.pow(2, relevance) - 1;
    }

    /** @param place from 0 */
    private static double discount(int place) {
        return Math.log(2) / Math.log(place + 2.0);
    }

    private static double averagePrecisionOf(Predictions predictions, Integer[] order) {
        double[] relevance = predictions.label();
        int k = predictions.top();
        int relevant = 0;
        double sum = 0;
        for (int place = 0; place < order.length; place++) {
            if (relevance[order[place]] > 0) {
                relevant++;
                sum += place < k ? relevant / (place + 1.0) : 0;
            }
        }
        return relevant == 0 ? Double.NaN : sum / Math.min(k, relevant);
    }

    private static Integer[] ordered(Predictions predictions, int[] rows) {
        double[] scores = predictions.scores();
        double[] label = predictions.label();
        return Arrays.stream(rows)
                .boxed()
                .sorted((a, b) -> {
                    int byScore = Double.compare(scores[b] + 0.0, scores[a] + 0.0);
                    return byScore != 0 ? byScore : Double.compare(label[a], label[b]);
                })
                .toArray(Integer[]::new);
    }

    private static int[][] rows(int[] groups) {
        int[] sizes = new int[1 + Arrays.stream(groups).max().orElseThrow()];
        Arrays.stream(groups).forEach(group -> sizes[group]++);
        int[][] rows = IntStream.of(sizes).mapToObj(int[]::new).toArray(int[][]::new);
        Arrays.fill(sizes, 0);
        for (int row = 0; row < groups.length; row++) {
            rows[groups[row]][sizes[groups[row]]++] = row;
        }
        return rows;
    }
}
