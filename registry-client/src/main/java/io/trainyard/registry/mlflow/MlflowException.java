package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.util.Optional;
import java.util.function.Supplier;

/** MLflow understood a call and refuses it. The message names the server, the call and the server's reason. */
public final class MlflowException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    MlflowException(String message, int status, String code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status, which says little: an alias that does not exist is a 400. */
    public int status() {
        return status;
    }

    /** MLflow's {@code error_code}, such as {@code RESOURCE_DOES_NOT_EXIST}; empty when the answer has none. */
    public String code() {
        return code;
    }

    /** What {@code call} yields; empty when the server says that there is no such thing. */
    static <T> Optional<T> ifExists(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (MlflowException e) {
            if (ErrorCodes.isMissing(e.code())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
