package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls under {@code mlflow-artifacts/}: files by way of the server. Paths go from its artifact root down. */
public final class Artifacts implements ServerFiles {
    private static final String PATH = "/mlflow-artifacts/artifacts";

    private final MlflowHttp http;

    Artifacts(MlflowHttp http) {
        this.http = http;
    }

    /** As it says; MLflow has no other way. */
    @Override
    public void put(String path, Path file) throws IOException {
        http.send(Call.upload(url(path), Map.of(), file).reading(AnswerJson::tree));
    }

    @Override
    public void get(String path, Path target, long limit) {
        http.send(Call.download(url(path), target, limit));
    }

    @Override
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
