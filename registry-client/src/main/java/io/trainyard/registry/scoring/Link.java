package io.trainyard.registry.scoring;

import java.util.Optional;

/**
 * How an objective of XGBoost turns its base score into the margin at which a sum of leaves begins, and the sum into
 * a score. In floats and in the order of XGBoost's own code ({@code src/common/math.h}, {@code src/objective}), so
 * that scores differ in their last digit at most.
 */
enum Link implements BoostedTrees.Transformation {
    IDENTITY {
        @Override
        float margin(float baseScore) {
            return baseScore;
        }

        @Override
        public void transform(float[] scores, int from, int width) {}
    },
    LOGARITHM {
        @Override
        float margin(float baseScore) {
            return (float) Math.log(baseScore);
        }

        @Override
        public void transform(float[] scores, int from, int width) {
            scores[from] = exponential(scores[from]);
        }
    },
    LOGIT {
        @Override
        float margin(float baseScore) {
            return -(float) Math.log(1f / baseScore - 1f);
        }

        @Override
        public void transform(float[] scores, int from, int width) {
            scores[from] = 1f / (exponential(Math.min(-scores[from], SIGMOID_END)) + 1f);
        }
    },
    SOFTMAX {
        @Override
        float margin(float baseScore) {
            return baseScore; // A share of the rows, which XGBoost 3.1 takes for a margin.
        }

        @Override
        public void transform(float[] scores, int from, int width) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = from; i < from + width; i++) {
                largest = Math.max(largest, scores[i]);
            }
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                scores[i] = exponential(scores[i] - largest);
                sum += scores[i];
            }
            for (int i = from; i < from + width; i++) {
                scores[i] /= (float) sum;
            }
        }
    };

    /** Beyond it, the exponential is no float. */
    private static final float SIGMOID_END = 88.7f;

    /** The link of an objective that our learners train for; empty for others, whose scores nothing here was held to. */
    static Optional<Link> of(String objective) {
        return switch (objective) {
            case "reg:squarederror", "reg:quantileerror", "rank:ndcg" -> Optional.of(IDENTITY);
            case "count:poisson", "reg:gamma", "reg:tweedie" -> Optional.of(LOGARITHM);
            case "binary:logistic" -> Optional.of(LOGIT);
            case "multi:softprob" -> Optional.of(SOFTMAX);
            default -> Optional.empty();
        };
    }

    /** The margin of a base score, which is finite and where this link takes it. */
    abstract float margin(float baseScore);

    private static float exponential(float x) {
        return (float) Math.exp(x);
    }
}
