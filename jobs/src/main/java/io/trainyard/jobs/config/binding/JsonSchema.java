package io.trainyard.jobs.config.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the JSON Schema (draft 2020-12) of what the {@link RecordBinder} reads into a record, short forms included. A scalar
 * that is not a text may also be a text with a variable in it. Relations between keys are not in the schema.
 */
public final class JsonSchema {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final String DEFINITIONS = "$defs";
    private static final String VARIABLE = "variable";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode definitions = JSON.objectNode();

    private JsonSchema() {}

    /** The schema of a file whose root is this record; callers may add what stands beside the record's keys. */
    public static ObjectNode of(Class<? extends Record> type) {
        JsonSchema schema = new JsonSchema();
        schema.definitions
                .putObject(VARIABLE)
                .put("type", "string")
                .put("pattern", "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}")
                .put("description", "a value of the environment: ${NAME} or ${NAME:-default}");
        ObjectNode root = JSON.objectNode().put("$schema", DRAFT);
        describe(root, type);
        root.setAll(schema.group((Shape.Group) Shapes.of(type), Optional.empty()));
        root.set(DEFINITIONS, schema.definitions);
        return root;
    }

    private ObjectNode node(Shape shape) {
        if (shape instanceof Shape.Single single) {
            return single(single);
        }
        if (shape instanceof Shape.Choice choice) {
            return orVariable(names(choice.names()));
        }
        if (shape instanceof Shape.Listing listing) {
            return anyOf(List.of(listing(listing), node(listing.item())));
        }
        if (shape instanceof Shape.Table table) {
            return table(table);
        }
        if (shape instanceof Shape.Group group) {
            List<ObjectNode> forms = new ArrayList<>(List.of(group(group, Optional.empty())));
            group.shortKeys().keys().forEach(key -> forms.add(shortForm(List.of(group), key)));
            return defined(group.type(), anyOf(forms));
        }
        return oneOf((Shape.OneOf) shape);
    }

    private ObjectNode single(Shape.Single single) {
        ObjectNode node = ScalarSchema.of(single.type(), single.limits());
        return ScalarSchema.isAnyText(single) ? node : orVariable(node);
    }

    private ObjectNode listing(Shape.Listing listing) {
        ObjectNode node = JSON.objectNode().put("type", "array");
        node.set("items", node(listing.item()));
        return bounded(node, listing.size(), "minItems", "maxItems");
    }

    private ObjectNode table(Shape.Table table) {
        ObjectNode node = JSON.objectNode().put("type", "object");
        node.set("additionalProperties", node(table.value()));
        node.set("propertyNames", keys(table.key()));
        bounded(node, table.size(), "minProperties", "maxProperties");
        if (table.columnNames()) {
            return anyOf(List.of(node, columnNames(table.key()), columnName(table.key())));
        }
        return table.loneKey().isPresent() ? anyOf(List.of(node, node(table.value()))) : node;
    }

    private static ObjectNode keys(Shape key) {
        return key instanceof Shape.Choice choice
                ? names(choice.names())
                : ScalarSchema.of(((Shape.Single) key).type(), ((Shape.Single) key).limits())
                        .put("type", "string");
    }

    private static ObjectNode columnNames(Shape key) {
        ObjectNode node = JSON.objectNode().put("type", "array");
        node.set("items", columnName(key));
        return node;
    }

    private static ObjectNode columnName(Shape key) {
        return ScalarSchema.of(((Shape.Single) key).type(), ((Shape.Single) key).limits());
    }

    /** The keys of a record, and the chooser where the record is one of several. */
    private ObjectNode group(Shape.Group group, Optional<Map.Entry<String, String>> chosen) {
        ObjectNode node = JSON.objectNode().put("type", "object");
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        chosen.ifPresent(chooser -> {
            properties.putObject(chooser.getKey()).put("const", chooser.getValue());
            required.add(chooser.getKey());
        });
        for (Shape.Field field : group.fields()) {
            properties.set(field.key(), property(field));
            if (field.required()) {
                required.add(field.key());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        return node.put("additionalProperties", false);
    }

    private ObjectNode property(Shape.Field field) {
        ObjectNode node = JSON.objectNode().put("description", field.description());
        node.setAll(node(field.shape()));
        field.fallback()
                .ifPresent(
                        text -> node.set("default", ScalarSchema.literal(YamlReader.declared(text, 0), field.shape())));
        return node;
    }

    private ObjectNode oneOf(Shape.OneOf shape) {
        List<ObjectNode> forms = new ArrayList<>();
        shape.groups()
                .forEach((name, group) ->
                        forms.add(group(group, shape.chooser().map(chooser -> Map.entry(chooser, name)))));
        shape.shortKeys()
                .keys()
                .forEach(key -> forms.add(
                        shape.chooser().equals(Optional.of(key))
                                ? names(namesAlone(shape))
                                : shortForm(shape.groups().values(), key)));
        return defined(shape.type(), anyOf(forms));
    }

    /** The choices that need no other key, so that their name alone will do. */
    private static List<String> namesAlone(Shape.OneOf shape) {
        return shape.groups().entrySet().stream()
                .filter(entry -> entry.getValue().fields().stream().noneMatch(Shape.Field::required))
                .map(Map.Entry::getKey)
                .toList();
    }

    private ObjectNode shortForm(Collection<Shape.Group> groups, String key) {
        return groups.stream()
                .flatMap(group -> group.fields().stream())
                .filter(field -> field.key().equals(key))
                .findFirst()
                .map(field -> node(field.shape()))
                .orElseThrow(() -> new IllegalStateException("@ShortForm names the unknown key '" + key + "'"));
    }

    /** A definition is written once, and referred to by name. */
    private ObjectNode defined(Class<?> type, ObjectNode definition) {
        ObjectNode node = JSON.objectNode();
        describe(node, type);
        node.setAll(definition);
        JsonNode before = definitions.replace(type.getSimpleName(), node);
        if (before != null && !before.equals(node)) {
            throw new IllegalStateException("Two records are called " + type.getSimpleName());
        }
        return reference(type.getSimpleName());
    }

    private static void describe(ObjectNode node, Class<?> type) {
        if (type.isAnnotationPresent(Description.class)) {
            node.put("description", type.getAnnotation(Description.class).value());
        }
    }

    private static ObjectNode names(Collection<String> names) {
        ObjectNode node = JSON.objectNode();
        names.forEach(node.putArray("enum")::add);
        return node;
    }

    private static ObjectNode orVariable(ObjectNode node) {
        return anyOf(List.of(node, reference(VARIABLE)));
    }

    private static ObjectNode reference(String definition) {
        return JSON.objectNode().put("$ref", "#/" + DEFINITIONS + "/" + definition);
    }

    private static ObjectNode anyOf(List<ObjectNode> nodes) {
        if (nodes.size() == 1) {
            return nodes.get(0);
        }
        ObjectNode node = JSON.objectNode();
        node.putArray("anyOf").addAll(nodes);
        return node;
    }

    private static ObjectNode bounded(ObjectNode node, Shape.Limits size, String least, String most) {
        if (size.min() != Double.NEGATIVE_INFINITY) {
            node.put(least, (long) size.min());
        }
        if (size.max() != Double.POSITIVE_INFINITY) {
            node.put(most, (long) size.max());
        }
        return node;
    }
}
