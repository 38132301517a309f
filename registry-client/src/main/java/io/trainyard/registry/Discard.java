package io.trainyard.registry;

import java.time.Instant;

/** Who removed the files of a version, when and why. */
public record Discard(Instant at, String actor, String reason) {
    /**
     * What is said to those who want the files.
     *
     * @param what cannot be done, such as {@code fetch}
     */
    public RegistryException refusal(String what, String model, int version) {
        return new RegistryException("Cannot %s version %d of model '%s': it was discarded by %s at %s: %s"
                .formatted(what, version, model, actor, at, reason));
    }
}
