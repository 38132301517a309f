package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of versions in Unity Catalog, by Databricks' Files API: the same host and the same token as for all else there, and no storage of
 * a cloud. It takes files of up to 5 GiB, and only for versions that are pending.
 */
final class CatalogFiles implements ServerFiles {
    private static final String FILES = "/fs/files/";
    private static final String FOLDERS = "/fs/directories/";
    private static final String ENABLED = "is_databricks_sdk_models_artifact_repository_enabled";
    private static final int NOT_FOUND = 404;

    private final MlflowHttp http;

    CatalogFiles(MlflowHttp http) {
        this.http = http;
    }

    /** The folder of a version. */
    static String root(String model, int version) {
        return "Models/%s/%d".formatted(model.replace('.', '/'), version);
    }

    /** Whether the workspace wants files of models to go this way, as Python's MLflow asks it too. */
    boolean isEnabled() {
        String path = RegistryKind.UNITY_CATALOG.path()
                + "registered-models:is-databricks-sdk-models-artifact-repository-enabled";
        return ifFound(
                Call.get(path, Map.of()).reading(answer -> answer.path(ENABLED).asBoolean()), false);
    }

    @Override
    public void put(String path, Path file) throws IOException {
        http.send(Call.upload(url(FILES, path), Map.of("overwrite", "true"), file));
    }

    @Override
    public void get(String path, Path target, long limit) {
        http.send(Call.download(url(FILES, path), target, limit));
    }

    @Override
    public List<ArtifactFile> list(String path) {
        return Pages.all(token -> {
            Map<String, String> query = new TreeMap<>();
            token.ifPresent(value -> query.put("page_token", value));
            return ifFound(
                    Call.get(url(FOLDERS, path), query).reading(Pages.reader("contents", CatalogFiles::file)),
                    new Pages.Page<>(List.of(), ""));
        });
    }

    /** The Files API says so by the status alone. */
    private <T> T ifFound(Call<T> call, T otherwise) {
        try {
            return http.send(call);
        } catch (MlflowException e) {
            if (e.status() == NOT_FOUND) {
                return otherwise;
            }
            throw e;
        }
    }

    private static String url(String area, String path) {
        return area + Call.encodedPath(ArtifactPath.checked(path));
    }

    private static ArtifactFile file(JsonNode entry) {
        return new ArtifactFile(
                ArtifactPath.checked(entry.required("name").asText()),
                entry.path("is_directory").asBoolean(),
                entry.path("file_size").asLong());
    }
}
