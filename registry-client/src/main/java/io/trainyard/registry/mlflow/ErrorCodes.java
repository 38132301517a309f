package io.trainyard.registry.mlflow;

/** The {@code error_code}s that decide something here. */
final class ErrorCodes {
    static final String ALREADY_EXISTS = "RESOURCE_ALREADY_EXISTS";
    static final String DOES_NOT_EXIST = "RESOURCE_DOES_NOT_EXIST";
    static final String INVALID_PARAMETER = "INVALID_PARAMETER_VALUE";

    private ErrorCodes() {}
}
