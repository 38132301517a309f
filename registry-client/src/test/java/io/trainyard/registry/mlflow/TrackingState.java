package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Experiments and runs of the server in the tests. */
final class TrackingState {
    private static final Pattern BY_TAG = Pattern.compile("tags\\.`([^`]+)` (= '([^']*)'|LIKE '%')");

    /** The experiments, by name; what lies in the bin as well. */
    final Map<String, ObjectNode> experiments = new LinkedHashMap<>();

    final Map<String, ServedRun> runs = new LinkedHashMap<>();
    int mostInPage = Integer.MAX_VALUE;

    /** Under which artifacts are, when the server does not pass them on. */
    String artifactRoot = "mlflow-artifacts:";

    /** A run, with every value of every metric. */
    static final class ServedRun {
        final ObjectNode info = AnswerJson.object();
        final Map<String, String> params = new TreeMap<>();
        final Map<String, String> tags = new TreeMap<>();
        final List<JsonNode> metrics = new ArrayList<>();
        final List<JsonNode> inputs = new ArrayList<>();

        String status() {
            return info.get("status").asText();
        }
    }

    synchronized List<ServedRun> runs() {
        return List.copyOf(runs.values());
    }

    synchronized JsonNode answer(String call, Calls.Arguments arguments) {
        return switch (call) {
            case "POST experiments/create" -> createExperiment(arguments);
            case "GET experiments/get-by-name" -> experimentByName(arguments);
            case "POST runs/create" -> createRun(arguments);
            case "GET runs/get" -> AnswerJson.object().set("run", json(run(arguments)));
            case "POST runs/search" -> search(arguments);
            case "POST runs/update" -> update(arguments);
            case "POST runs/log-batch" -> log(arguments);
            case "POST runs/log-inputs" -> inputs(arguments);
            case "POST runs/set-tag" -> tag(arguments);
            default -> throw new Refused(404, "ENDPOINT_NOT_FOUND", call);
        };
    }

    private JsonNode createExperiment(Calls.Arguments arguments) {
        String name = arguments.text("name");
        if (experiments.containsKey(name)) {
            throw Refused.exists("Experiment(name=%s) already exists.".formatted(name));
        }
        String id = String.valueOf(experiments.size() + 1);
        experiments.put(
                name,
                AnswerJson.object().put("experiment_id", id).put("name", name).put("lifecycle_stage", "active"));
        return AnswerJson.object().put("experiment_id", id);
    }

    private JsonNode experimentByName(Calls.Arguments arguments) {
        ObjectNode experiment = experiments.get(arguments.text("experiment_name"));
        if (experiment == null) {
            throw Refused.missing(
                    "Could not find experiment with name '%s'".formatted(arguments.text("experiment_name")));
        }
        return AnswerJson.object().set("experiment", experiment);
    }

    private JsonNode createRun(Calls.Arguments arguments) {
        ServedRun run = new ServedRun();
        String id = "%032x".formatted(runs.size() + 1);
        String experiment = arguments.text("experiment_id");
        run.info.put("run_name", arguments.text("run_name", ""));
        run.info.put("run_id", id).put("experiment_id", experiment).put("status", "RUNNING");
        run.info.put("artifact_uri", "%s/%s/%s/artifacts".formatted(artifactRoot, experiment, id));
        run.info.put("lifecycle_stage", "active").put("start_time", arguments.text("start_time"));
        run.tags.putAll(arguments.pairs("tags", 8000));
        runs.put(id, run);
        return AnswerJson.object().set("run", json(run));
    }

    private JsonNode search(Calls.Arguments arguments) {
        Matcher filter = BY_TAG.matcher(arguments.text("filter"));
        if (!filter.matches()) {
            throw Refused.invalid("Invalid filter '%s'".formatted(arguments.text("filter")));
        }
        List<JsonNode> found = runs.values().stream()
                .filter(run -> arguments
                        .tree()
                        .get("experiment_ids")
                        .toString()
                        .contains(run.info.get("experiment_id").toString()))
                .filter(run -> run.info.get("lifecycle_stage").asText().equals("active"))
                .filter(run -> run.tags.containsKey(filter.group(1)))
                .filter(run -> filter.group(3) == null || filter.group(3).equals(run.tags.get(filter.group(1))))
                .map(TrackingState::json)
                .toList();
        return Calls.page("runs", found, arguments, mostInPage);
    }

    private JsonNode update(Calls.Arguments arguments) {
        ServedRun run = run(arguments);
        run.info.put("status", arguments.text("status")).put("end_time", arguments.text("end_time"));
        return AnswerJson.object().set("run_info", run.info);
    }

    private JsonNode log(Calls.Arguments arguments) {
        ServedRun run = active(arguments);
        Map<String, String> params = arguments.pairs("params", 6000);
        Map<String, String> tags = arguments.pairs("tags", 8000);
        JsonNode metrics = arguments.tree().path("metrics");
        if (params.size() + tags.size() > 100 || metrics.size() > 1000) {
            throw Refused.invalid("A batch logging request can contain at most 100 params, 100 tags, 1000 metrics");
        }
        params.forEach((key, value) -> {
            if (!run.params.getOrDefault(key, value).equals(value)) {
                throw Refused.invalid("Changing param values is not allowed. Param with key='%s'".formatted(key));
            }
        });
        run.params.putAll(params);
        run.tags.putAll(tags);
        metrics.forEach(run.metrics::add);
        return AnswerJson.object();
    }

    private JsonNode inputs(Calls.Arguments arguments) {
        ServedRun run = active(arguments);
        for (JsonNode input : arguments.tree().path("datasets")) {
            if (input.at("/dataset/digest").asText().length() > 36) {
                throw Refused.invalid("'digest' exceeds the maximum length of 36 characters");
            }
            run.inputs.add(input);
        }
        return AnswerJson.object();
    }

    private JsonNode tag(Calls.Arguments arguments) {
        Calls.check(arguments.text("key"), arguments.text("value"), 8000);
        active(arguments).tags.put(arguments.text("key"), arguments.text("value"));
        return AnswerJson.object();
    }

    private ServedRun active(Calls.Arguments arguments) {
        ServedRun run = run(arguments);
        if (!run.info.get("lifecycle_stage").asText().equals("active")) {
            throw Refused.invalid("The run %s must be in the 'active' state.".formatted(arguments.text("run_id")));
        }
        return run;
    }

    private ServedRun run(Calls.Arguments arguments) {
        ServedRun run = runs.get(arguments.text("run_id"));
        if (run == null) {
            throw Refused.missing("Run with id=%s not found".formatted(arguments.text("run_id")));
        }
        return run;
    }

    private static JsonNode json(ServedRun run) {
        ObjectNode node = AnswerJson.object();
        node.set("info", run.info);
        ObjectNode data = node.putObject("data");
        AnswerJson.putPairs(data, "params", run.params);
        AnswerJson.putPairs(data, "tags", run.tags);
        return node;
    }
}
