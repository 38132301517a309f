package io.trainyard.jobs.config;

/** What the keys mean that all sources have in common. */
final class SourceKeys {
    static final String KNOWN_AT =
            "when values are known, where that is after the event time: SQL over a row by column, or a text for all columns";
    static final String PRIVATE = "columns that are not read in clear: hash, mask or drop by column";
    static final String TESTS = "what must hold of the rows, before 'private' is applied";

    private SourceKeys() {}
}
