package io.trainyard.registry.scoring;

import io.trainyard.registry.encoding.Target;
import java.util.Arrays;
import java.util.List;

/**
 * What a model says of one row, in the terms of the table that {@code trainyard score} writes: its column {@code
 * prediction} is {@link #label} or {@link #number}, its column {@code probability} is {@link #probability} for two
 * classes and {@link #probabilities} for more.
 */
public final class Prediction {
    private final Target target;
    private final float[] scores;
    private final int first;

    /** @param scores of many rows; the row's own begin at {@code first}: one, or one a class where there are several */
    Prediction(Target target, float[] scores, int first) {
        this.target = target;
        this.scores = scores;
        this.first = first;
    }

    /**
     * The most probable class, as the training data wrote it; of equally probable ones the first.
     *
     * @throws IllegalStateException when the model predicts a number
     */
    public String label() {
        double[] probabilities = probabilities();
        int likeliest = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[likeliest]) {
                likeliest = i;
            }
        }
        return target.classes().get(likeliest);
    }

    /**
     * The number, in the unit of the label; for one unit of exposure where the model was trained with one.
     *
     * @throws IllegalStateException when the model predicts classes
     */
    public double number() {
        if (!target.classes().isEmpty()) {
            throw refused("no number; ask for label() or probability()");
        }
        return scores[first];
    }

    /**
     * The probability of the positive class, which is the second of {@link Target#classes}.
     *
     * @throws IllegalStateException when the model does not predict one of two classes
     */
    public double probability() {
        if (target.classes().size() != 2) {
            throw refused(
                    target.classes().isEmpty()
                            ? "no probability; ask for number()"
                            : "no positive class; ask for the probability of one");
        }
        return scores[first];
    }

    /**
     * The probability of the class {@code label}.
     *
     * @throws IllegalArgumentException when it is none of the model's classes
     * @throws IllegalStateException when the model predicts a number
     */
    public double probability(String label) {
        double[] probabilities = probabilities();
        int index = target.classes().indexOf(label);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'%s' is none of the classes %s of '%s'".formatted(label, target.classes(), target.label()));
        }
        return probabilities[index];
    }

    /**
     * The probabilities of all classes, in the order of {@link Target#classes}.
     *
     * @throws IllegalStateException when the model predicts a number
     */
    public double[] probabilities() {
        List<String> classes = target.classes();
        if (classes.isEmpty()) {
            throw refused("no probability; ask for number()");
        }
        if (classes.size() == 2) {
            return new double[] {1.0 - scores[first], scores[first]};
        }
        double[] probabilities = new double[classes.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = scores[first + i];
        }
        return probabilities;
    }

    private IllegalStateException refused(String remedy) {
        String predicted = target.classes().isEmpty() ? "a number" : "one of " + target.classes();
        return new IllegalStateException(
                "The model predicts %s for '%s' and has %s".formatted(predicted, target.label(), remedy));
    }

    @Override
    public String toString() {
        return target.classes().isEmpty()
                ? "%s = %s".formatted(target.label(), number())
                : "%s = %s %s".formatted(target.label(), label(), Arrays.toString(probabilities()));
    }
}
