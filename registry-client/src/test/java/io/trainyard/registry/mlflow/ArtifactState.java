package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/** The artifact proxy of the server in the tests: a second PUT to a path overwrites, and nothing has a digest. */
final class ArtifactState {
    private static final String PATH = "mlflow-artifacts/artifacts";

    final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

    byte[] answer(Recorded request) {
        if (request.path().equals(PATH)) {
            return AnswerJson.bytes(list(Calls.arguments(request).text("path")));
        }
        String path = safe(Calls.decoded(request.path().substring(PATH.length() + 1)));
        if (request.method().equals("PUT")) {
            files.put(path, request.bytes());
            return AnswerJson.bytes(AnswerJson.object());
        }
        if (request.method().equals("DELETE")) {
            files.keySet().removeIf(file -> file.equals(path) || file.startsWith(path + "/"));
            return AnswerJson.bytes(AnswerJson.object());
        }
        byte[] file = files.get(path);
        if (file == null) {
            throw new Refused(500, "INTERNAL_ERROR", "No such artifact: '%s'".formatted(path));
        }
        return file;
    }

    private ObjectNode list(String folder) {
        Map<String, Long> sizes = new TreeMap<>();
        Set<String> folders = new TreeSet<>();
        files.forEach((path, content) -> {
            if (path.startsWith(safe(folder) + "/")) {
                String[] rest = path.substring(folder.length() + 1).split("/", 2);
                if (rest.length == 2) {
                    folders.add(rest[0]);
                } else {
                    sizes.put(rest[0], (long) content.length);
                }
            }
        });
        ObjectNode answer = AnswerJson.object();
        ArrayNode list = answer.putArray("files");
        folders.forEach(name -> list.addObject().put("path", name).put("is_dir", true));
        // Protobuf writes 64-bit numbers as texts.
        sizes.forEach((name, bytes) ->
                list.addObject().put("path", name).put("is_dir", false).put("file_size", String.valueOf(bytes)));
        return answer;
    }

    private static String safe(String path) {
        if (path.startsWith("/") || path.contains("..") || path.contains("%")) {
            throw Refused.invalid("Invalid path");
        }
        return path;
    }
}
