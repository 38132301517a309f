package io.trainyard.registry;

/** What a user can mend: the message says what was wrong, with the value, and what to do. */
public class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code message} is complete: it is shown to the user without a stack trace. */
    public RegistryException(String message) {
        super(message);
    }

    /** As {@link #RegistryException(String)}, with what caused it for {@code --debug}. */
    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
