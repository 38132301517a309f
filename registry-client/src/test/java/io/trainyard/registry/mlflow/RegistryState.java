package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Registered models of the server in the tests. */
final class RegistryState {
    private static final Pattern BY_NAME = Pattern.compile("name = '([^']*)'");
    private static final int LONGEST_TAG = 5000;

    final Map<String, ServedModel> models = new TreeMap<>();
    int mostInPage = Integer.MAX_VALUE;

    /** How often a new version is looked at before it is ready; 0 at MLflow's own server. */
    int pending;

    private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);

    /** A model; a version that was deleted leaves its number unused. */
    static final class ServedModel {
        final String created;
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, Integer> aliases = new TreeMap<>();
        final Map<Integer, ServedVersion> versions = new TreeMap<>();
        int last;

        ServedModel(long created) {
            this.created = String.valueOf(created);
        }
    }

    /** A version. */
    static final class ServedVersion {
        final ObjectNode info = AnswerJson.object();
        final Map<String, String> tags = new TreeMap<>();
    }

    synchronized JsonNode answer(String call, Calls.Arguments arguments) {
        return switch (call) {
            case "POST registered-models/create" -> create(arguments);
            case "GET registered-models/get" -> AnswerJson.object().set("registered_model", json(arguments, true));
            case "GET registered-models/search" -> search(arguments);
            case "DELETE registered-models/delete" -> delete(arguments);
            case "POST registered-models/set-tag" -> tag(arguments, model(arguments).tags);
            case "POST registered-models/alias" -> setAlias(arguments);
            case "GET registered-models/alias" -> byAlias(arguments);
            case "DELETE registered-models/alias" -> deleteAlias(arguments);
            case "POST model-versions/create" -> createVersion(arguments);
            case "GET model-versions/get" ->
                AnswerJson.object().set("model_version", json(getting(version(arguments))));
            case "GET model-versions/search" -> searchVersions(arguments);
            case "POST model-versions/set-tag" -> tag(arguments, version(arguments).tags);
            case "DELETE model-versions/delete-tag" -> untag(arguments, version(arguments).tags);
            default -> throw new Refused(404, "ENDPOINT_NOT_FOUND", call);
        };
    }

    private JsonNode create(Calls.Arguments arguments) {
        String name = arguments.text("name");
        if (models.containsKey(name)) {
            throw Refused.exists("Registered Model (name=%s) already exists.".formatted(name));
        }
        ServedModel model = new ServedModel(clock.incrementAndGet());
        model.tags.putAll(arguments.pairs("tags", LONGEST_TAG));
        models.put(name, model);
        return AnswerJson.object().set("registered_model", json(arguments, true));
    }

    private JsonNode delete(Calls.Arguments arguments) {
        model(arguments);
        models.remove(arguments.text("name"));
        return AnswerJson.object();
    }

    /** Aliases are not part of what a search finds. */
    private JsonNode search(Calls.Arguments arguments) {
        List<JsonNode> found = new ArrayList<>();
        for (String name : models.keySet()) {
            found.add(json(new Calls.Arguments(AnswerJson.object().put("name", name)), false));
        }
        return Calls.page("registered_models", found, arguments, mostInPage);
    }

    private JsonNode tag(Calls.Arguments arguments, Map<String, String> tags) {
        Calls.check(arguments.text("key"), arguments.text("value"), LONGEST_TAG);
        tags.put(arguments.text("key"), arguments.text("value"));
        return AnswerJson.object();
    }

    private static JsonNode untag(Calls.Arguments arguments, Map<String, String> tags) {
        tags.remove(arguments.text("key"));
        return AnswerJson.object();
    }

    private JsonNode setAlias(Calls.Arguments arguments) {
        version(arguments);
        model(arguments).aliases.put(arguments.text("alias"), Integer.valueOf(arguments.text("version")));
        return AnswerJson.object();
    }

    private JsonNode deleteAlias(Calls.Arguments arguments) {
        model(arguments).aliases.remove(arguments.text("alias"));
        return AnswerJson.object();
    }

    private JsonNode byAlias(Calls.Arguments arguments) {
        ServedModel model = model(arguments);
        Integer number = model.aliases.get(arguments.text("alias"));
        if (number == null) {
            throw Refused.invalid("Registered model alias %s not found.".formatted(arguments.text("alias")));
        }
        return AnswerJson.object().set("model_version", json(model.versions.get(number)));
    }

    private JsonNode createVersion(Calls.Arguments arguments) {
        ServedModel model = model(arguments);
        String run = arguments.text("run_id", "");
        String source = arguments.text("source");
        if (!source.matches("(mlflow-artifacts|s3):.*/" + run + "/artifacts/.*")) {
            throw Refused.invalid("Invalid model version source: '%s'.".formatted(source));
        }
        ServedVersion version = new ServedVersion();
        version.tags.putAll(arguments.pairs("tags", LONGEST_TAG));
        model.last++;
        version.info.put("name", arguments.text("name")).put("version", String.valueOf(model.last));
        version.info
                .put("source", source)
                .put("run_id", run)
                .put("status", pending > 0 ? "PENDING_REGISTRATION" : "READY");
        model.versions.put(model.last, version);
        return AnswerJson.object().set("model_version", json(version));
    }

    private JsonNode searchVersions(Calls.Arguments arguments) {
        Matcher filter = BY_NAME.matcher(arguments.text("filter"));
        if (!filter.matches()) {
            throw Refused.invalid("Invalid filter '%s'".formatted(arguments.text("filter")));
        }
        ServedModel model = models.getOrDefault(filter.group(1), new ServedModel(0));
        // The newest first, as the server sorts them.
        List<JsonNode> found = new ArrayList<>();
        model.versions.values().forEach(version -> found.add(0, json(version)));
        return Calls.page("model_versions", found, arguments, mostInPage);
    }

    private ServedModel model(Calls.Arguments arguments) {
        ServedModel model = models.get(arguments.text("name"));
        if (model == null) {
            throw Refused.missing("Registered Model with name=%s not found".formatted(arguments.text("name")));
        }
        return model;
    }

    private ServedVersion version(Calls.Arguments arguments) {
        ServedVersion version = model(arguments).versions.get(Integer.valueOf(arguments.text("version")));
        if (version == null) {
            throw Refused.missing("Model Version (name=%s, version=%s) not found"
                    .formatted(arguments.text("name"), arguments.text("version")));
        }
        return version;
    }

    private ServedVersion getting(ServedVersion version) {
        if (pending > 0) {
            pending--;
            version.info.put("status", pending > 0 ? "PENDING_REGISTRATION" : "READY");
        }
        return version;
    }

    private ObjectNode json(Calls.Arguments arguments, boolean withAliases) {
        ServedModel model = model(arguments);
        ObjectNode node =
                AnswerJson.object().put("name", arguments.text("name")).put("creation_timestamp", model.created);
        AnswerJson.putPairs(node, "tags", model.tags);
        if (withAliases && !model.aliases.isEmpty()) {
            ArrayNode aliases = node.putArray("aliases");
            model.aliases.forEach(
                    (alias, number) -> aliases.addObject().put("alias", alias).put("version", String.valueOf(number)));
        }
        return node;
    }

    private static ObjectNode json(ServedVersion version) {
        ObjectNode node = version.info.deepCopy();
        AnswerJson.putPairs(node, "tags", version.tags);
        return node;
    }
}
