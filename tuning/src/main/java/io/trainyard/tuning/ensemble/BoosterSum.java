package io.trainyard.tuning.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.learner.BoosterJson;
import java.io.IOException;
import java.util.List;

/**
 * Boosters as the sums of trees that they are. A weighted mean of several is one booster that has the trees of all, with leaves scaled
 * by the weights; and margins are rescaled by rescaling leaves. What comes out is a model like any other, to XGBoost in every language.
 *
 * <p>Works on XGBoost's documented JSON model format (doc/model.schema), in which the values of leaves are their {@code
 * split_conditions}. Leaves are floats, so that margins are right to a float's last digits.
 */
public final class BoosterSum {
    private final ObjectNode root;

    private BoosterSum(ObjectNode root) {
        this.root = root;
    }

    /**
     * @param ubj a model in XGBoost's {@code ubj} format, of booster {@code gbtree}
     * @throws IOException if it cannot be read
     */
    public static BoosterSum of(byte[] ubj) throws IOException {
        BoosterSum booster = new BoosterSum(BoosterJson.read(ubj));
        String name = booster.gradientBooster().path("name").asText();
        if (!name.equals("gbtree")) {
            throw new IOException("Cannot add up boosters of the kind '" + name + "': only gbtree");
        }
        return booster;
    }

    /**
     * The booster whose margins are the weighted sum of these boosters' margins.
     *
     * @param boosters fitted on the same rows for the same objective, so that they begin at the same base score
     * @param weights one each, of the sum 1
     */
    public static BoosterSum mean(List<BoosterSum> boosters, List<Double> weights) {
        BoosterSum sum = new BoosterSum(boosters.get(0).root.deepCopy());
        sum.trees().removeAll();
        sum.treeInfo().removeAll();
        sum.iterations().removeAll();
        sum.iterations().add(0);
        for (int i = 0; i < boosters.size(); i++) {
            requireEqualBases(boosters.get(0), boosters.get(i));
            sum.add(boosters.get(i), weights.get(i));
        }
        sum.gbtreeParameters().put("num_trees", Integer.toString(sum.trees().size()));
        return sum;
    }

    private static void requireEqualBases(BoosterSum first, BoosterSum other) {
        JsonNode wanted = first.learner().path("learner_model_param");
        JsonNode found = other.learner().path("learner_model_param");
        if (!wanted.equals(found)) {
            throw new IllegalArgumentException(
                    "Cannot add up boosters that begin differently: %s and %s".formatted(wanted, found));
        }
    }

    private void add(BoosterSum other, double weight) {
        int before = trees().size();
        for (JsonNode tree : other.trees()) {
            ObjectNode copy = tree.deepCopy();
            copy.put("id", trees().size());
            changeLeaves(copy, weight, 0);
            trees().add(copy);
        }
        treeInfo().addAll(other.treeInfo());
        for (int i = 1; i < other.iterations().size(); i++) {
            iterations().add(before + other.iterations().get(i).asInt());
        }
    }

    /**
     * The booster whose probabilities are those of this one, scaled. The first tree takes the constant, and what the base score, which
     * stays, would lack of being scaled.
     *
     * @throws IllegalStateException if the booster is not one of two classes
     */
    public BoosterSum scaled(PlattScaling scaling) {
        double base = baseMargin();
        BoosterSum scaled = new BoosterSum(root.deepCopy());
        for (int i = 0; i < scaled.trees().size(); i++) {
            double shift = i == 0 ? (scaling.slope() - 1) * base + scaling.intercept() : 0;
            changeLeaves((ObjectNode) scaled.trees().get(i), scaling.slope(), shift);
        }
        return scaled;
    }

    /** The log odds of the base score, which is a probability, written as a vector of one. */
    private double baseMargin() {
        String objective = learner().path("objective").path("name").asText();
        if (!objective.equals("binary:logistic")) {
            throw new IllegalStateException("Cannot scale the probabilities of a booster for " + objective);
        }
        String score = learner().path("learner_model_param").path("base_score").asText();
        double probability = Double.parseDouble(score.replace("[", "").replace("]", ""));
        return Math.log(probability / (1 - probability));
    }

    private static void changeLeaves(ObjectNode tree, double factor, double shift) {
        ArrayNode left = (ArrayNode) tree.get("left_children");
        ArrayNode conditions = (ArrayNode) tree.get("split_conditions");
        ArrayNode weights = (ArrayNode) tree.get("base_weights");
        for (int node = 0; node < left.size(); node++) {
            if (left.get(node).asInt() == -1) {
                float value = (float) (conditions.get(node).asDouble() * factor + shift);
                conditions.set(node, value);
                weights.set(node, value);
            }
        }
    }

    /**
     * In XGBoost's {@code ubj} format.
     *
     * @param names of the features
     */
    public byte[] ubj(List<String> names) throws IOException {
        return BoosterJson.write(root, names.toArray(String[]::new));
    }

    private ObjectNode learner() {
        return (ObjectNode) root.get("learner");
    }

    private ObjectNode gradientBooster() {
        return (ObjectNode) learner().get("gradient_booster");
    }

    private ObjectNode model() {
        return (ObjectNode) gradientBooster().get("model");
    }

    private ObjectNode gbtreeParameters() {
        return (ObjectNode) model().get("gbtree_model_param");
    }

    private ArrayNode trees() {
        return (ArrayNode) model().get("trees");
    }

    private ArrayNode treeInfo() {
        return (ArrayNode) model().get("tree_info");
    }

    private ArrayNode iterations() {
        return (ArrayNode) model().get("iteration_indptr");
    }
}
