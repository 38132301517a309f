package io.trainyard.registry.mlflow;

import java.util.Set;

/** The {@code error_code}s that decide something here. Unity Catalog has other ones than MLflow's own server for the same. */
final class ErrorCodes {
    static final String INVALID_PARAMETER = "INVALID_PARAMETER_VALUE";

    private static final Set<String> EXISTS = Set.of("RESOURCE_ALREADY_EXISTS", "ALREADY_EXISTS");
    private static final Set<String> MISSING = Set.of("RESOURCE_DOES_NOT_EXIST", "NOT_FOUND");

    private ErrorCodes() {}

    /** Whether there is such a thing already. */
    static boolean isThere(String code) {
        return EXISTS.contains(code);
    }

    /** Whether there is no such thing. */
    static boolean isMissing(String code) {
        return MISSING.contains(code);
    }
}
