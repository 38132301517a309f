package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The calls under {@code runs/}. */
public final class Runs {
    /** What a run is found by when it is not known whether it was made: the digest of its identity. */
    static final String IDENTITY = "trainyard.identity";

    private static final int MOST_PARAMS = 100;
    private static final int MOST_TAGS = 100;
    private static final int MOST_METRICS = 1000;

    /** Runs of registrations carry documents in tags: a page of so many is of some megabytes at most. */
    private static final int PAGE = 200;

    private final MlflowHttp http;

    Runs(MlflowHttp http) {
        this.http = http;
    }

    /**
     * The run of {@code identity} in the experiment, which is made if there is none.
     *
     * @param identity any text that only this run has: an attempt that was cut off is found by it, and a process that
     *     comes again goes on with its run
     * @param tags for a run that is made; values that are too long are cut
     */
    public Run ensure(Experiment experiment, String identity, String name, Instant start, Map<String, String> tags) {
        return byIdentity(experiment, identity).orElseGet(() -> create(experiment, identity, name, start, tags));
    }

    /** The run that {@link #ensure} has made of {@code identity}. */
    public Optional<Run> byIdentity(Experiment experiment, String identity) {
        return allByIdentity(experiment, identity).stream().findFirst();
    }

    /** More than one where several processes called {@link #ensure} at the same moment; oldest first. */
    List<Run> allByIdentity(Experiment experiment, String identity) {
        return search(experiment, "tags.`%s` = '%s'".formatted(IDENTITY, Sha256.of(identity)));
    }

    /** All runs of the experiment that {@code filter} lets through and that do not lie in the bin; oldest first. */
    public List<Run> search(Experiment experiment, String filter) {
        return Pages.all(token -> {
            ObjectNode body = AnswerJson.object().put("filter", filter).put("max_results", PAGE);
            body.putArray("experiment_ids").add(experiment.id());
            body.putArray("order_by").add("attributes.start_time ASC");
            token.ifPresent(value -> body.put("page_token", value));
            return http.send(Call.post("/mlflow/runs/search", body).reading(Pages.reader("runs", RunJson::run)));
        });
    }

    /** The run, also one that lies in the bin. */
    public Optional<Run> find(String id) {
        return MlflowException.ifExists(() ->
                http.send(Call.get("/mlflow/runs/get", Map.of("run_id", id)).reading(Runs::run)));
    }

    /** Sets what became of the run. */
    public void end(String id, RunStatus status, Instant end) {
        ObjectNode body = AnswerJson.object()
                .put("run_id", id)
                .put("status", status.name())
                .put("end_time", end.toEpochMilli());
        http.send(Call.post("/mlflow/runs/update", body));
    }

    /**
     * Adds to the run, in as many calls as the server's limits want. Values that are too long are cut, and keys are made
     * of what keys may have.
     *
     * @throws MlflowException when a parameter has another value already; whatever comes before it is there then
     */
    public void log(String id, List<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
        for (Map<String, String> some : parts(Limits.values(params, Limits.PARAM), MOST_PARAMS)) {
            log(RunJson.batch(id, List.of(), some, Map.of()));
        }
        for (Map<String, String> some : parts(Limits.values(tags, Limits.RUN_TAG), MOST_TAGS)) {
            log(RunJson.batch(id, List.of(), Map.of(), some));
        }
        for (int from = 0; from < metrics.size(); from += MOST_METRICS) {
            log(RunJson.batch(
                    id,
                    metrics.subList(from, Math.min(from + MOST_METRICS, metrics.size())).stream()
                            .map(metric ->
                                    new Metric(Limits.key(metric.key()), metric.value(), metric.at(), metric.step()))
                            .toList(),
                    Map.of(),
                    Map.of()));
        }
    }

    /** Says what data the run has read. */
    public void inputs(String id, List<DatasetInput> inputs) {
        if (!inputs.isEmpty()) {
            http.send(Call.post("/mlflow/runs/log-inputs", RunJson.inputs(id, inputs)));
        }
    }

    /** Sets one tag of the run. */
    public void tag(String id, String key, String value) {
        ObjectNode body = AnswerJson.object()
                .put("run_id", id)
                .put("key", Limits.key(key))
                .put("value", Limits.cut(value, Limits.RUN_TAG));
        http.send(Call.post("/mlflow/runs/set-tag", body));
    }

    private Run create(Experiment experiment, String identity, String name, Instant start, Map<String, String> tags) {
        Map<String, String> all = new TreeMap<>(tags);
        all.put(IDENTITY, Sha256.of(identity));
        return http.send(
                Call.post("/mlflow/runs/create", RunJson.creation(experiment.id(), name, start, all))
                        .reading(Runs::run),
                () -> byIdentity(experiment, identity));
    }

    private void log(ObjectNode batch) {
        http.send(Call.post("/mlflow/runs/log-batch", batch));
    }

    private static Run run(JsonNode answer) {
        return RunJson.run(answer.required("run"));
    }

    private static List<Map<String, String>> parts(Map<String, String> values, int most) {
        List<Map<String, String>> parts = new ArrayList<>();
        Map<String, String> part = new TreeMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            part.put(value.getKey(), value.getValue());
            if (part.size() == most) {
                parts.add(part);
                part = new TreeMap<>();
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
