package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The calls under {@code registered-models/}. */
public final class RegisteredModels {
    private static final String MODEL = "registered_model";
    private static final int PAGE = 100;

    private final MlflowHttp http;
    private final String path;

    RegisteredModels(MlflowHttp http, RegistryKind kind) {
        this.http = http;
        path = kind.path() + "registered-models/";
    }

    /** The model with its aliases. */
    public Optional<MlflowModel> find(String name) {
        return MlflowException.ifExists(() -> http.send(Call.get(path + "get", Map.of("name", name))
                .reading(answer -> ModelJson.model(answer.required(MODEL)))));
    }

    /** The model, which is made with {@code tags} if there is none. Of several who make it at once, all get the same. */
    public MlflowModel ensure(String name, Map<String, String> tags) {
        return find(name).orElseGet(() -> created(name, tags));
    }

    /** All models by name; whether they have their aliases depends on the server. */
    public List<MlflowModel> all() {
        return Pages.all(token -> {
            Map<String, String> query = new TreeMap<>(Map.of("max_results", String.valueOf(PAGE)));
            token.ifPresent(value -> query.put("page_token", value));
            return http.send(
                    Call.get(path + "search", query).reading(Pages.reader("registered_models", ModelJson::model)));
        });
    }

    /** Sets a tag, whatever value it had. */
    public void tag(String name, String key, String value) {
        http.send(Call.post(path + "set-tag", named(name).put("key", key).put("value", value)));
    }

    /** Deletes the model with all its versions, aliases and tags; the runs that made them stay. */
    public void delete(String name) {
        http.send(Call.json("DELETE", path + "delete", named(name)));
    }

    /** Points the alias to the version, wherever it pointed before. */
    public void setAlias(String name, String alias, int version) {
        http.send(Call.post(path + "alias", named(name).put("alias", alias).put("version", String.valueOf(version))));
    }

    /** Removes the alias; without effect when there is none. */
    public void deleteAlias(String name, String alias) {
        http.send(Call.json("DELETE", path + "alias", named(name).put("alias", alias)));
    }

    /** The version that the alias points to. */
    public Optional<MlflowVersion> byAlias(String name, String alias) {
        try {
            return MlflowException.ifExists(
                    () -> http.send(Call.get(path + "alias", Map.of("name", name, "alias", alias))
                            .reading(answer -> ModelJson.version(answer.required("model_version")))));
        } catch (MlflowException e) {
            // A missing alias is an invalid parameter, and nothing but the text tells it from another one.
            if (e.code().equals(ErrorCodes.INVALID_PARAMETER) && e.getMessage().contains("not found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private MlflowModel created(String name, Map<String, String> tags) {
        ObjectNode body = named(name);
        AnswerJson.putPairs(body, "tags", tags);
        try {
            return http.send(
                    Call.post(path + "create", body).reading(answer -> ModelJson.model(answer.required(MODEL))),
                    () -> find(name));
        } catch (MlflowException e) {
            if (ErrorCodes.isThere(e.code())) {
                return find(name).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private static ObjectNode named(String name) {
        return AnswerJson.object().put("name", name);
    }
}
