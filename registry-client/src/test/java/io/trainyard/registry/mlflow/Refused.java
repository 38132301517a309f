package io.trainyard.registry.mlflow;

/** What the server in the tests answers instead of doing the work. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;

    Refused(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static Refused invalid(String message) {
        return new Refused(400, "INVALID_PARAMETER_VALUE", message);
    }

    static Refused missing(String message) {
        return new Refused(404, "RESOURCE_DOES_NOT_EXIST", message);
    }

    static Refused exists(String message) {
        return new Refused(400, "RESOURCE_ALREADY_EXISTS", message);
    }
}
