package io.trainyard.registry.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.JsonNumbers;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.Shown;
import java.util.ArrayList;
import java.util.List;

/** The stored form of an encoding, format 1. */
public final class EncodingJson {
    private static final int FORMAT = 1;

    private EncodingJson() {}

    /** The JSON text: the same for equal encodings. */
    public static String write(Encoding encoding) {
        return JsonText.write(tree(encoding));
    }

    /**
     * The encoding in {@code text}.
     *
     * @param what names the document in messages
     * @throws RegistryException when it is not one
     */
    public static Encoding read(String what, String text) {
        return JsonText.read(what, text, FORMAT, tree -> {
            List<Feature> features = new ArrayList<>();
            tree.required("features").forEach(node -> features.add(feature(node)));
            return new Encoding(features, target(tree.required("target")));
        });
    }

    static String fingerprint(Encoding encoding) {
        return Sha256.of(tree(encoding).toString());
    }

    private static ObjectNode tree(Encoding encoding) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        ArrayNode features = tree.putArray("features");
        encoding.features().forEach(feature -> put(features.addObject(), feature));
        put(tree.putObject("target"), encoding.target());
        return tree;
    }

    private static void put(ObjectNode node, Feature feature) {
        if (feature instanceof Feature.NumberFeature) {
            node.put("type", "number").put("name", feature.name());
        } else if (feature instanceof Feature.CategoryFeature category) {
            put(node.put("type", "category").put("name", feature.name()), "categories", category.categories());
        } else if (feature instanceof Feature.NominalFeature nominal) {
            put(node.put("type", "nominal").put("name", feature.name()), "categories", nominal.categories());
        } else if (feature instanceof Feature.OneHotFeature oneHot) {
            put(node.put("type", "one_hot").put("name", feature.name()), "categories", oneHot.categories());
        } else if (feature instanceof Feature.StandardizedFeature standardized) {
            node.put("type", "standardized").put("name", feature.name());
            node.put("mean", standardized.mean()).put("deviation", standardized.deviation());
        }
    }

    private static void put(ObjectNode node, Target target) {
        if (target instanceof Target.ClassTarget) {
            put(node.put("type", "class").put("label", target.label()), "classes", target.classes());
        } else {
            node.put("type", "number").put("label", target.label());
        }
    }

    private static void put(ObjectNode node, String name, List<String> texts) {
        texts.forEach(node.putArray(name)::add);
    }

    private static Feature feature(JsonNode node) {
        String name = node.required("name").asText();
        String type = node.required("type").asText();
        return switch (type) {
            case "number" -> new Feature.NumberFeature(name);
            case "category" -> new Feature.CategoryFeature(name, texts(node.required("categories")));
            case "nominal" -> new Feature.NominalFeature(name, texts(node.required("categories")));
            case "one_hot" -> new Feature.OneHotFeature(name, texts(node.required("categories")));
            case "standardized" ->
                new Feature.StandardizedFeature(
                        name, JsonNumbers.real(node, "mean"), JsonNumbers.real(node, "deviation"));
            default ->
                throw new IllegalArgumentException(
                        "feature '%s' has the unknown type '%s'".formatted(Shown.text(name), Shown.text(type)));
        };
    }

    private static Target target(JsonNode node) {
        String label = node.required("label").asText();
        String type = node.required("type").asText();
        return switch (type) {
            case "number" -> new Target.NumberTarget(label);
            case "class" -> new Target.ClassTarget(label, texts(node.required("classes")));
            default ->
                throw new IllegalArgumentException(
                        "target '%s' has the unknown type '%s'".formatted(Shown.text(label), Shown.text(type)));
        };
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
