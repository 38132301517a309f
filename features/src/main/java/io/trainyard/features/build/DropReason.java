package io.trainyard.features.build;

/** Why a row of a source is no example; a row has the first reason that holds. */
enum DropReason {
    NULL_TIME("null event time"),
    NEVER_KNOWN("never known"),
    AFTER_AS_OF("at or after as-of"),
    NULL_ENTITY("null entity"),
    NULL_LABEL("null label"),
    UNKNOWN_LABEL("label not known as of the logical time"),
    NO_EXPOSURE("exposure not above 0"),
    NO_GROUP("group is null"),
    OUTSIDE_SPLIT("outside the split"),
    PURGED("label not known yet when what is judged begins"),
    KNOWN_POSITIVE("known to be positive before it is judged");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /** How it is printed and stored. */
    String text() {
        return text;
    }
}
