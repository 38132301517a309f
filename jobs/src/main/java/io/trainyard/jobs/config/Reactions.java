package io.trainyard.jobs.config;

/** What the keys mean that tests have in common. */
final class Reactions {
    static final String OF_ROWS = "what happens to a failing row: warn, drop, quarantine, or fail the build";
    static final String OF_TABLE = "what happens when it does not hold: warn, or fail the build";
    static final String MAX_SHARE = "share of failing rows beyond which the build fails; by default none";

    private Reactions() {}
}
