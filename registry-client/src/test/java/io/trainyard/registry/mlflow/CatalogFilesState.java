package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Files API of the server in the tests, for versions in Unity Catalog: files of one that is finished can no longer be written. */
final class CatalogFilesState {
    /** The calls of the Files API begin so. */
    static final String PATH = "fs/";

    private static final String FILES = PATH + "files/";
    private static final String FOLDERS = PATH + "directories/";
    private static final Pattern VERSION = Pattern.compile("Models/([^/]+)/([^/]+)/([^/]+)/([0-9]+)/.+");

    final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    int mostInPage = Integer.MAX_VALUE;

    private final BiFunction<String, Integer, UnityCatalogState.CatalogVersion> versions;

    CatalogFilesState(BiFunction<String, Integer, UnityCatalogState.CatalogVersion> versions) {
        this.versions = versions;
    }

    byte[] answer(Recorded request) {
        if (request.path().startsWith(FOLDERS)) {
            return AnswerJson.bytes(list(Calls.decoded(request.path().substring(FOLDERS.length())), request));
        }
        String path = Calls.decoded(request.path().substring(FILES.length()));
        if (request.method().equals("PUT")) {
            return put(path, request);
        }
        if (!request.method().equals("GET") || !files.containsKey(path)) {
            throw new Refused(404, "NOT_FOUND", "The file being accessed is not found.");
        }
        return files.get(path);
    }

    /** A version needs the file by which MLflow knows a model, with a signature in it. */
    void requireModel(String name, int version) {
        byte[] model = files.get("Models/%s/%d/MLmodel".formatted(name.replace('.', '/'), version));
        if (model == null || !new String(model, StandardCharsets.UTF_8).contains("\nsignature:\n")) {
            throw Refused.invalid("The version has no MLmodel with a signature");
        }
    }

    private byte[] put(String path, Recorded request) {
        Matcher segments = VERSION.matcher(path);
        if (!segments.matches() || !request.query().equals("overwrite=true")) {
            throw Refused.invalid("Invalid path '%s', or no overwrite=true".formatted(path));
        }
        String name = "%s.%s.%s".formatted(segments.group(1), segments.group(2), segments.group(3));
        if (versions.apply(name, Integer.valueOf(segments.group(4))).isFinished) {
            throw new Refused(403, "PERMISSION_DENIED", "Files can only be written while the version is pending");
        }
        files.put(path, request.bytes());
        return new byte[0];
    }

    private JsonNode list(String folder, Recorded request) {
        Map<String, JsonNode> entries = new TreeMap<>();
        files.forEach((path, content) -> {
            if (path.startsWith(folder + "/")) {
                String[] rest = path.substring(folder.length() + 1).split("/", 2);
                ObjectNode entry = AnswerJson.object().put("path", "/%s/%s".formatted(folder, rest[0]));
                entry.put("name", rest[0]).put("is_directory", rest.length == 2);
                entries.put(rest[0], rest.length == 2 ? entry : entry.put("file_size", content.length));
            }
        });
        if (entries.isEmpty()) {
            throw new Refused(404, "NOT_FOUND", "The directory being accessed is not found.");
        }
        return Calls.page("contents", List.copyOf(entries.values()), Calls.arguments(request), mostInPage);
    }
}
