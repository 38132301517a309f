package io.trainyard.jobs.config.binding;

/**
 * A text that may hold a secret of the environment: it prints as it was written, {@code ${PASSWORD}}.
 *
 * @param written the text of the file, which may be printed and stored
 * @param value the text with its variables expanded, for the one who opens the connection
 */
public record OptionValue(String written, String value) {
    @Override
    public String toString() {
        return written;
    }
}
