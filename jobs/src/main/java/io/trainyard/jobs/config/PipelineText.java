package io.trainyard.jobs.config;

import java.nio.file.Path;

/**
 * The text of a pipeline file, wherever it came from.
 *
 * @param name as the user gave it, for messages
 * @param folder where relative paths start: an absolute path, or a URI that Hadoop knows
 */
public record PipelineText(String name, String folder, String text) {

    /**
     * A file of this machine.
     *
     * @throws ConfigurationException if there is no such file, or it is no text
     */
    public static PipelineText of(Path file) {
        return new PipelineText(
                file.toString(), file.toAbsolutePath().normalize().getParent().toString(), FileText.of(file));
    }
}
