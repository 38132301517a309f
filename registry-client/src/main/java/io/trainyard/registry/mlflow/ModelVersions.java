package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The calls under {@code model-versions/}. */
public final class ModelVersions {
    /** Versions carry their lineage in tags: a page of so many is of some megabytes at most. */
    private static final int PAGE = 200;

    private final MlflowHttp http;
    private final String path;

    ModelVersions(MlflowHttp http, RegistryKind kind) {
        this.http = http;
        path = kind.path() + "model-versions/";
    }

    /**
     * Makes the next version of {@code model}, with {@code tags} from the first moment on.
     *
     * @param source the URI of its files, which are there already; in Unity Catalog the URI of what they come from, and the version is
     *     pending until it has its files and is {@link #finish finished}
     * @param lookUp finds the version when it is not known whether the call had its effect
     */
    public MlflowVersion create(
            String model,
            String source,
            String runId,
            Map<String, String> tags,
            Supplier<Optional<MlflowVersion>> lookUp) {
        ObjectNode body =
                AnswerJson.object().put("name", model).put("source", source).put("run_id", runId);
        AnswerJson.putPairs(body, "tags", tags);
        return http.send(Call.post(path + "create", body).reading(ModelVersions::version), lookUp);
    }

    /** The version by its number. */
    public Optional<MlflowVersion> find(String model, int number) {
        Map<String, String> query = Map.of("name", model, "version", String.valueOf(number));
        return MlflowException.ifExists(
                () -> http.send(Call.get(path + "get", query).reading(ModelVersions::version)));
    }

    /** All versions of {@code model}, by number; none when there is no such model. */
    public List<MlflowVersion> of(String model) {
        return search("name = '%s'".formatted(model));
    }

    /** All versions that {@code filter} lets through, by model and number. */
    public List<MlflowVersion> search(String filter) {
        List<MlflowVersion> found = Pages.all(token -> {
            Map<String, String> query = new TreeMap<>(Map.of("filter", filter, "max_results", String.valueOf(PAGE)));
            token.ifPresent(value -> query.put("page_token", value));
            return http.send(
                    Call.get(path + "search", query).reading(Pages.reader("model_versions", ModelJson::version)));
        });
        return found.stream()
                .sorted(Comparator.comparing(MlflowVersion::model).thenComparing(MlflowVersion::number))
                .toList();
    }

    /** Sets a tag, whatever value it had. */
    public void tag(String model, int number, String key, String value) {
        ObjectNode body = named(model, number).put("key", key).put("value", value);
        http.send(Call.post(path + "set-tag", body));
    }

    /** Takes a tag away, if it is there. */
    public void untag(String model, int number, String key) {
        http.send(Call.json("DELETE", path + "delete-tag", named(model, number).put("key", key)));
    }

    /** Deletes the version; its number is not used again. */
    public void delete(String model, int number) {
        http.send(Call.json("DELETE", path + "delete", named(model, number)));
    }

    /** Says that a pending version has all its files, after which it takes no others. Only Unity Catalog has this call. */
    public MlflowVersion finish(String model, int number) {
        return http.send(
                Call.post(path + "finalize", named(model, number)).reading(ModelVersions::version),
                () -> find(model, number).filter(MlflowVersion::isReady));
    }

    private static ObjectNode named(String model, int number) {
        return AnswerJson.object().put("name", model).put("version", String.valueOf(number));
    }

    private static MlflowVersion version(JsonNode answer) {
        return ModelJson.version(answer.required("model_version"));
    }
}
