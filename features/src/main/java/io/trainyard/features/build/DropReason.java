package io.trainyard.features.build;

/** Why a row of a source is no example; a row has the first reason that holds. */
enum DropReason {
    NULL_TIME("null event time"),
    AFTER_AS_OF("at or after as-of"),
    NULL_LABEL("null label"),
    OUTSIDE_SPLIT("outside the split");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /** How it is printed and stored. */
    String text() {
        return text;
    }
}
