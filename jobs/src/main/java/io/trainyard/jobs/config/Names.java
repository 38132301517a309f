package io.trainyard.jobs.config;

/** The patterns of names that become segments of paths: nothing that a file system or a URI reads as its own. */
final class Names {
    static final String NAME = "[A-Za-z][A-Za-z0-9_.-]*";
    static final String NAME_MEANING = "a name of letters, digits, '_', '.' and '-' that begins with a letter";

    static final String SOURCE = "[A-Za-z][A-Za-z0-9_]*";
    static final String SOURCE_MEANING = "a name of letters, digits and '_' that begins with a letter";

    private Names() {}
}
