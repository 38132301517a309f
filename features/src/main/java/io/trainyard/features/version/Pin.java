package io.trainyard.features.version;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * That a version must stay readable.
 *
 * @param owner who needs it, such as a model or a study: up to 128 letters, digits, {@code _}, {@code .} and {@code -}
 * @param reason for people
 * @param time when it was pinned
 */
public record Pin(long version, String owner, String reason, Instant time) {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    public Pin {
        requireOwner(owner);
    }

    /** Whether a name can be an owner's. */
    public static boolean isOwner(String name) {
        return OWNER.matcher(name).matches();
    }

    static void requireOwner(String owner) {
        if (!isOwner(owner)) {
            throw new IllegalArgumentException(
                    "Cannot pin for '%s': an owner names a file, so use up to 128 letters, digits, _, . and -, and begin with a letter or digit"
                            .formatted(owner));
        }
    }
}
