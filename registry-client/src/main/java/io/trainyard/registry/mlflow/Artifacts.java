package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls under {@code mlflow-artifacts/}: files by way of the server. Paths go from its artifact root down. */
public final class Artifacts {
    private static final String PATH = "/mlflow-artifacts/artifacts";

    private final MlflowHttp http;

    Artifacts(MlflowHttp http) {
        this.http = http;
    }

    /** Writes {@code file} to {@code path}, over whatever is there: MLflow has no other way. */
    public void put(String path, Path file) throws IOException {
        http.send(Call.upload(url(path), file));
    }

    /**
     * Copies what is at {@code path} into the new local file {@code target}.
     *
     * @param limit the transfer ends with an error at one byte more
     */
    public void get(String path, Path target, long limit) {
        http.send(Call.download(url(path), target, limit));
    }

    /** What is directly in the folder {@code path}; nothing when there is no such folder. */
    public List<ArtifactFile> list(String path) {
        Call<List<ArtifactFile>> call =
                Call.get(PATH, Map.of("path", ArtifactPath.checked(path))).reading(Artifacts::files);
        return MlflowException.ifExists(() -> http.send(call)).orElse(List.of());
    }

    /** Removes the file or folder {@code path}. */
    public void delete(String path) {
        http.send(Call.delete(url(path)));
    }

    private static String url(String path) {
        return PATH + "/" + Call.encodedPath(ArtifactPath.checked(path));
    }

    private static List<ArtifactFile> files(JsonNode answer) {
        List<ArtifactFile> files = new ArrayList<>();
        for (JsonNode file : answer.path("files")) {
            files.add(new ArtifactFile(
                    name(file.required("path").asText()),
                    file.path("is_dir").asBoolean(),
                    file.path("file_size").asLong()));
        }
        return files;
    }

    /** Some servers give names, some whole paths. */
    private static String name(String path) {
        return ArtifactPath.checked(path.substring(path.lastIndexOf('/') + 1));
    }
}
