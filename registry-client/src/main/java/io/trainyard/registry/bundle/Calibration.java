package io.trainyard.registry.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What makes probabilities of a booster's margins where no booster can: a function that never falls, linear between the points and constant
 * beyond the last ones. A bundle that has one holds it as {@code calibration.json}, format 1, and its model's own probabilities are
 * not calibrated. By margins, which are the same to the last bit in every scorer, since such a function may be very steep. Immutable.
 */
public final class Calibration implements Serializable {
    /** The file in the bundle. */
    public static final String FILE = "calibration.json";

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final String ISOTONIC = "isotonic";

    private final double[] margins;
    private final double[] probabilities;

    private Calibration(double[] margins, double[] probabilities) {
        this.margins = margins;
        this.probabilities = probabilities;
        if (margins.length == 0 || margins.length != probabilities.length) {
            throw new IllegalArgumentException("it has %d margins and %d probabilities, and needs as many, at least one"
                    .formatted(margins.length, probabilities.length));
        }
        for (int i = 0; i < margins.length; i++) {
            boolean rises = i == 0 || (margins[i] > margins[i - 1] && probabilities[i] >= probabilities[i - 1]);
            if (!rises || !Double.isFinite(margins[i]) || !(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new IllegalArgumentException(
                        "its point %d, margin %s and probability %s, does not rise from the one before within 0 to 1"
                                .formatted(i, margins[i], probabilities[i]));
            }
        }
    }

    /**
     * By isotonic regression.
     *
     * @param margins rising
     * @param probabilities of the positive class, as many, never falling
     * @throws IllegalArgumentException when they are not so
     */
    public static Calibration isotonic(List<Double> margins, List<Double> probabilities) {
        return new Calibration(array(margins), array(probabilities));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Where the function is known. */
    public List<Double> margins() {
        return DoubleStream.of(margins).boxed().toList();
    }

    /** What it is there. */
    public List<Double> probabilities() {
        return DoubleStream.of(probabilities).boxed().toList();
    }

    /** The positive class's probability, a float as XGBoost's are. */
    public float probability(float margin) {
        int found = Arrays.binarySearch(margins, margin);
        if (found >= 0) {
            return (float) probabilities[found];
        }
        int next = -found - 1;
        if (next == 0 || next == margins.length) {
            return (float) probabilities[Math.max(0, next - 1)];
        }
        double low = probabilities[next - 1];
        double share = (margin - margins[next - 1]) / (margins[next] - margins[next - 1]);
        return (float) (low + (probabilities[next] - low) * share);
    }

    /** Writes it into a folder that is to become a bundle. */
    public void write(Path folder) throws IOException {
        ObjectNode tree =
                JsonNodeFactory.instance.objectNode().put("format", FORMAT).put("method", ISOTONIC);
        Arrays.stream(margins).forEach(tree.putArray("margins")::add);
        Arrays.stream(probabilities).forEach(tree.putArray("probabilities")::add);
        Files.write(folder.resolve(FILE), JsonText.write(tree).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The calibration in {@code text}.
     *
     * @param what names the document in messages
     * @throws RegistryException when there is none
     */
    static Calibration read(String what, String text) {
        return JsonText.read(what, text, FORMAT, tree -> {
            String method = tree.required("method").asText();
            if (!method.equals(ISOTONIC)) {
                throw new IllegalArgumentException("'method' must be '%s'".formatted(ISOTONIC));
            }
            return new Calibration(numbers(tree, "margins"), numbers(tree, "probabilities"));
        });
    }

    private static double[] numbers(JsonNode tree, String name) {
        if (!(tree.required(name) instanceof ArrayNode numbers)) {
            throw new IllegalArgumentException("'%s' must be a list of numbers".formatted(name));
        }
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            if (!numbers.get(i).isNumber()) {
                throw new IllegalArgumentException("'%s' must be a list of numbers".formatted(name));
            }
            values[i] = numbers.get(i).doubleValue();
        }
        return values;
    }
}
