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

/** Models in Unity Catalog at the server in the tests, as MLflow's public client and protocol have them. It is strict. */
final class UnityCatalogState {
    /** The calls of the catalog begin so. */
    static final String PATH = "mlflow/unity-catalog/";

    private static final String ENABLED = "is-databricks-sdk-models-artifact-repository-enabled";
    private static final String PENDING = "PENDING_REGISTRATION";
    private static final Pattern BY_NAME = Pattern.compile("name = '([^']*)'");
    private static final Pattern LEVELS = Pattern.compile("[^./ A-Z]+\\.[^./ A-Z]+\\.[^./ A-Z]+");
    private static final Pattern TAG = Pattern.compile("[^.,=/:\\-\\s]{1,255}");
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG = 1000;

    final Map<String, CatalogModel> models = new TreeMap<>();
    final CatalogFilesState files = new CatalogFilesState(this::version);
    int mostInPage = Integer.MAX_VALUE;

    /** Whether files of models go by way of the server. */
    boolean isEnabled = true;

    /** How often a finished version is looked at before it is ready. */
    int pending;

    private final AtomicLong clock = new AtomicLong(1_800_000_000_000L);

    /** A model. */
    static final class CatalogModel {
        final ObjectNode info = AnswerJson.object();
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, Integer> aliases = new TreeMap<>();
        final Map<Integer, CatalogVersion> versions = new TreeMap<>();
        int last;
    }

    /** A version. */
    static final class CatalogVersion {
        final ObjectNode info = AnswerJson.object();
        final Map<String, String> tags = new TreeMap<>();
        boolean isFinished;

        boolean isReady() {
            return status().equals("READY");
        }

        String status() {
            return info.get("status").asText();
        }
    }

    synchronized JsonNode answer(String call, Calls.Arguments arguments) {
        return switch (call) {
            case "GET registered-models:" + ENABLED -> AnswerJson.object().put(ENABLED.replace('-', '_'), isEnabled);
            case "POST registered-models/create" -> create(arguments);
            case "GET registered-models/get" -> AnswerJson.object().set("registered_model", json(model(arguments)));
            case "DELETE registered-models/delete" -> delete(arguments);
            case "POST registered-models/set-tag" -> tag(arguments, model(arguments).tags);
            case "POST registered-models/alias" -> setAlias(arguments);
            case "DELETE registered-models/alias" -> deleteAlias(arguments);
            case "POST model-versions/create" -> createVersion(arguments);
            case "GET model-versions/get" -> AnswerJson.object().set("model_version", getting(version(arguments)).info);
            case "GET model-versions/search" -> searchVersions(arguments);
            case "POST model-versions/finalize" -> finish(arguments);
            case "DELETE model-versions/delete" -> deleteVersion(arguments);
            case "POST model-versions/set-tag" -> tag(arguments, version(arguments).tags);
            default -> throw new Refused(404, "ENDPOINT_NOT_FOUND", call);
        };
    }

    synchronized CatalogVersion version(String name, int number) {
        CatalogModel model = models.get(name);
        if (model == null || !model.versions.containsKey(number)) {
            throw Refused.missing("Model Version (name=%s, version=%d) not found".formatted(name, number));
        }
        return model.versions.get(number);
    }

    private JsonNode create(Calls.Arguments arguments) {
        String name = name(arguments);
        if (models.containsKey(name)) {
            throw new Refused(409, "ALREADY_EXISTS", "Registered Model '%s' already exists.".formatted(name));
        }
        CatalogModel model = new CatalogModel();
        model.info.put("name", name).put("creation_timestamp", clock.incrementAndGet());
        arguments.pairs("tags", LONGEST_TAG).forEach((key, value) -> tag(key, value, model.tags));
        models.put(name, model);
        return AnswerJson.object().set("registered_model", json(model));
    }

    private JsonNode delete(Calls.Arguments arguments) {
        model(arguments);
        models.remove(name(arguments));
        return AnswerJson.object();
    }

    private JsonNode setAlias(Calls.Arguments arguments) {
        if (!version(arguments).isReady()) {
            throw Refused.invalid("The version is not ready");
        }
        model(arguments).aliases.put(arguments.text("alias"), Integer.valueOf(arguments.text("version")));
        return AnswerJson.object();
    }

    private JsonNode deleteAlias(Calls.Arguments arguments) {
        model(arguments).aliases.remove(arguments.text("alias"));
        return AnswerJson.object();
    }

    private JsonNode createVersion(Calls.Arguments arguments) {
        CatalogModel model = model(arguments);
        CatalogVersion version = new CatalogVersion();
        arguments.pairs("tags", LONGEST_TAG).forEach((key, value) -> tag(key, value, version.tags));
        model.last++;
        version.info.put("name", name(arguments)).put("version", String.valueOf(model.last));
        version.info.put("source", arguments.text("source")).put("run_id", arguments.text("run_id", ""));
        version.info.put("status", PENDING);
        model.versions.put(model.last, version);
        return AnswerJson.object().set("model_version", version.info);
    }

    private JsonNode deleteVersion(Calls.Arguments arguments) {
        version(arguments);
        int number = Integer.parseInt(arguments.text("version"));
        model(arguments).versions.remove(number);
        model(arguments).aliases.values().removeIf(held -> held == number);
        return AnswerJson.object();
    }

    /** What a search finds has neither tags nor aliases. */
    private JsonNode searchVersions(Calls.Arguments arguments) {
        Matcher filter = BY_NAME.matcher(arguments.text("filter"));
        if (!filter.matches()) {
            throw Refused.invalid("Unsupported filter '%s'".formatted(arguments.text("filter")));
        }
        CatalogModel model = models.getOrDefault(filter.group(1), new CatalogModel());
        List<JsonNode> found = new ArrayList<>();
        model.versions.values().forEach(version -> found.add(0, version.info.deepCopy()));
        return Calls.page("model_versions", found, arguments, mostInPage);
    }

    private JsonNode finish(Calls.Arguments arguments) {
        CatalogVersion version = version(arguments);
        if (version.isFinished) {
            throw Refused.invalid("Version %s is finished".formatted(arguments.text("version")));
        }
        files.requireModel(name(arguments), Integer.parseInt(arguments.text("version")));
        version.isFinished = true;
        version.info.put("status", pending > 0 ? PENDING : "READY");
        return AnswerJson.object().set("model_version", version.info);
    }

    private CatalogVersion getting(CatalogVersion version) {
        if (version.isFinished && pending > 0) {
            pending--;
            version.info.put("status", pending > 0 ? PENDING : "READY");
        }
        return version;
    }

    private static JsonNode tag(Calls.Arguments arguments, Map<String, String> tags) {
        tag(arguments.text("key"), arguments.text("value"), tags);
        return AnswerJson.object();
    }

    private static void tag(String key, String value, Map<String, String> tags) {
        tags.put(key, value);
        if (!TAG.matcher(key).matches() || value.length() > LONGEST_TAG || tags.size() > MOST_TAGS) {
            throw Refused.invalid("Tag '%s' is not valid, or one too many".formatted(key));
        }
    }

    private static String name(Calls.Arguments arguments) {
        String name = arguments.text("name");
        if (!LEVELS.matcher(name).matches()) {
            throw Refused.invalid("'%s' is not a valid name: specify all three levels".formatted(name));
        }
        return name;
    }

    private CatalogModel model(Calls.Arguments arguments) {
        CatalogModel model = models.get(name(arguments));
        if (model == null) {
            throw Refused.missing("Registered Model '%s' does not exist".formatted(name(arguments)));
        }
        return model;
    }

    private CatalogVersion version(Calls.Arguments arguments) {
        return version(name(arguments), Integer.parseInt(arguments.text("version")));
    }

    private static ObjectNode json(CatalogModel model) {
        ObjectNode node = model.info.deepCopy();
        AnswerJson.putPairs(node, "tags", model.tags);
        if (!model.aliases.isEmpty()) {
            ArrayNode aliases = node.putArray("aliases");
            model.aliases.forEach(
                    (alias, number) -> aliases.addObject().put("alias", alias).put("version", String.valueOf(number)));
        }
        return node;
    }
}
