package io.trainyard.registry;

/** Someone else moved an alias since the decision to move it was taken; the message says who, when and why. */
public final class ConflictException extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** {@code message} names the alias, where it points, where it was expected and who moved it. */
    public ConflictException(String message) {
        super(message);
    }
}
