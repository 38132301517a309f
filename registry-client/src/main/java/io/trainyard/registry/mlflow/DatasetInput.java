package io.trainyard.registry.mlflow;

/**
 * Data that a run has read.
 *
 * @param digest at most {@value #LONGEST_DIGEST} characters; longer ones are cut
 * @param source JSON that says where the data are
 * @param context what they were used for, such as {@code training}
 */
public record DatasetInput(String name, String digest, String sourceType, String source, String context) {
    /** What the server's databases hold. */
    static final int LONGEST_DIGEST = 36;

    private static final int LONGEST_NAME = 500;

    /** Cuts the name and the digest to what a server takes. */
    public DatasetInput {
        name = Limits.cut(name, LONGEST_NAME);
        digest = digest.substring(0, Math.min(digest.length(), LONGEST_DIGEST));
    }
}
