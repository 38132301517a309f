package io.trainyard.jobs.config;

/** The patterns of names that become segments of paths: nothing that a file system or a URI reads as its own. */
final class Names {
    static final String NAME = "[A-Za-z][A-Za-z0-9_.-]*";
    static final String NAME_MEANING = "a name of letters, digits, '_', '.' and '-' that begins with a letter";

    /** An alias or the number of a version. */
    static final String VERSION = NAME + "|[1-9][0-9]{0,8}";

    static final String SOURCE = "[A-Za-z][A-Za-z0-9_]*";
    static final String SOURCE_MEANING = "a name of letters, digits and '_' that begins with a letter";

    static final String MACHINE = "[A-Za-z][A-Za-z0-9_.-]*";
    static final String MACHINE_MEANING = "a type of machine, such as m5.2xlarge";

    static final String ROLE = "arn:[a-z-]+:iam::[0-9]{12}:role/.+";
    static final String ROLE_MEANING = "the ARN of a role, such as arn:aws:iam::123456789012:role/trainyard";

    /** What Kubernetes takes for names (RFC 1123). */
    static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    static final String LABEL_MEANING = "a name of small letters, digits and '-'";

    static final String SIZE = "[1-9][0-9]{0,5}[mg]";
    static final String SIZE_MEANING = "a size in m or g, such as 8g";

    private Names() {}
}
