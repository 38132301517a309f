package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What went wrong with a call, in words that show no secret. */
final class Refusals {
    private static final int LONGEST_QUOTE = 300;

    /** Any of which may have the address. */
    private static final String VARIABLES = "MLFLOW_TRACKING_URI (or MLFLOW_REGISTRY_URI, DATABRICKS_HOST)";

    private final Endpoint endpoint;

    Refusals(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** For an answer that no repetition will change. */
    RegistryException of(Call<?> call, int status, byte[] body) {
        String code = AnswerJson.treeOrMissing(body).path("error_code").asText();
        return new MlflowException(
                "%s refuses %s (%s)%s".formatted(server(), name(call), text(status, body), remedy(status, code)),
                status,
                code);
    }

    /** For an answer that cannot be what was asked for. */
    RegistryException unreadable(Call<?> call, Exception problem) {
        return new RegistryException(
                "Cannot use what %s answers to %s: %s; is %s the address of an MLflow server?"
                        .formatted(server(), name(call), problem.getMessage(), VARIABLES),
                problem);
    }

    /** For a server whose certificate is not to be believed. */
    RegistryException untrusted(Throwable problem) {
        return new RegistryException(
                ("Cannot trust %s: %s; set MLFLOW_TRACKING_SERVER_CERT_PATH to the PEM file of its certificate, or of the"
                                + " authority that has signed it")
                        .formatted(server(), problem.getMessage()),
                problem);
    }

    /** For a failure that might have passed and did not. */
    UncheckedIOException givenUp(Call<?> call, int tries, MlflowHttp.TransientException last) {
        String message = "%s did not serve %s in %d %s, at last: %s; try again later"
                .formatted(server(), name(call), tries, tries == 1 ? "try" : "tries", redacted(last.getMessage()));
        return new UncheckedIOException(message, new IOException(redacted(last.getMessage()), last.getCause()));
    }

    /** Status, {@code error_code} and message; errors of the login, and of proxies on the way, are plain text. */
    String text(int status, byte[] body) {
        JsonNode tree = AnswerJson.treeOrMissing(body);
        String text = tree.has("error_code")
                ? "%s: %s"
                        .formatted(
                                tree.path("error_code").asText(),
                                tree.path("message").asText())
                : new String(body, StandardCharsets.UTF_8);
        String line = redacted(text).replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "%d".formatted(status) : "%d %s".formatted(status, shortened(line));
    }

    private String redacted(String text) {
        return endpoint.credentials().redacted(text);
    }

    private static String remedy(int status, String code) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                "; redirects are not followed, since they could take the credentials elsewhere:"
                        + " set %s to the address that it leads to".formatted(VARIABLES);
            case 401 ->
                "; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN; for Databricks"
                        + " DATABRICKS_TOKEN";
            case 403 -> "; ask the server's administrator for the permission";
            default -> code.isEmpty() ? "; is %s the address of an MLflow server?".formatted(VARIABLES) : "";
        };
    }

    private String server() {
        return "MLflow at " + endpoint.uri();
    }

    private static String name(Call<?> call) {
        return call.method() + " " + call.path();
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
