package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A request that can be sent any number of times.
 *
 * @param path below {@code /api/2.0}, encoded
 * @param query encoded, with its question mark, or empty
 * @param bytes how much is to be transferred, as far as it is known
 * @param receiver takes the body of an answer that is none of an error
 * @param reader makes the value of the body that the receiver has yielded
 */
record Call<T>(
        String method,
        String path,
        String query,
        String contentType,
        BodyPublisher body,
        long bytes,
        Receiver receiver,
        Function<byte[], T> reader) {
    /** Far above any page that is asked for here; what is larger would only fill the memory. */
    static final long LARGEST_DOCUMENT = 64L << 20;

    private static final String JSON = "application/json";

    /** Makes a subscriber for each try. */
    interface Receiver {
        LimitedBody open() throws IOException;
    }

    static Call<JsonNode> get(String path, Map<String, String> query) {
        return new Call<>(
                "GET", path, encoded(query), JSON, BodyPublishers.noBody(), 0, Call::document, AnswerJson::tree);
    }

    /** {@code method} with a JSON body. */
    static Call<JsonNode> json(String method, String path, JsonNode body) {
        byte[] text = AnswerJson.bytes(body);
        return new Call<>(
                method,
                path,
                "",
                JSON,
                BodyPublishers.ofByteArray(text),
                text.length,
                Call::document,
                AnswerJson::tree);
    }

    static Call<JsonNode> post(String path, JsonNode body) {
        return json("POST", path, body);
    }

    static Call<JsonNode> delete(String path) {
        return new Call<>("DELETE", path, "", JSON, BodyPublishers.noBody(), 0, Call::document, AnswerJson::tree);
    }

    static Call<byte[]> upload(String path, Map<String, String> query, Path file) throws IOException {
        return new Call<>(
                "PUT",
                path,
                encoded(query),
                "application/octet-stream",
                BodyPublishers.ofFile(file),
                Files.size(file),
                Call::document,
                Function.identity());
    }

    /** Writes the body into a new file, or over what a try before has left of it. */
    static Call<byte[]> download(String path, Path file, long limit) {
        Receiver receiver = () -> LimitedBody.into(newFile(file), limit);
        return new Call<>("GET", path, "", JSON, BodyPublishers.noBody(), limit, receiver, Function.identity());
    }

    /** The same call, for the value that {@code next} makes of what it yields. */
    <U> Call<U> reading(Function<T, U> next) {
        return new Call<>(method, path, query, contentType, body, bytes, receiver, reader.andThen(next));
    }

    /** A path whose segments say what they say. */
    static String encodedPath(String path) {
        return Arrays.stream(path.split("/", -1)).map(Call::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : new TreeMap<>(query)
                        .entrySet().stream()
                                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static LimitedBody document() {
        return LimitedBody.inMemory(LARGEST_DOCUMENT);
    }

    private static OutputStream newFile(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    }
}
