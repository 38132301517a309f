package io.trainyard.registry;

import java.time.Instant;

/** One change of a model. All of them in order are the model's audit log, and its whole state. */
public sealed interface Event {
    /** The place in the model's log, from 1, without gaps. */
    int number();

    /** When, by the clock of whoever made the change. */
    Instant at();

    /** Who made the change. */
    String actor();

    /** A bundle became a version. */
    record Registered(int number, Instant at, String actor, ModelVersion version) implements Event {}

    /**
     * An alias was moved.
     *
     * @param version where it points now
     * @param previous where it pointed before, {@link ModelRegistry#NO_VERSION} when it is new
     */
    record Promoted(int number, Instant at, String actor, String alias, int version, int previous, String reason)
            implements Event {}

    /**
     * An alias was returned to the version that held it before the last promotion not yet rolled back.
     *
     * @param version where it points now
     * @param previous where it pointed before
     */
    record RolledBack(int number, Instant at, String actor, String alias, int version, int previous, String reason)
            implements Event {}

    /** The files of a version were removed; it stays on record, and can be neither fetched nor promoted. */
    record Discarded(int number, Instant at, String actor, int version, String reason) implements Event {}

    /**
     * Gates have decided whether a version may take over an alias. What came of it is an event of its own.
     *
     * @param version that was to take over
     */
    record Judged(int number, Instant at, String actor, String alias, int version, GateDecision decision)
            implements Event {}
}
