package io.trainyard.jobs.deploy;

/**
 * A file of a job definition.
 *
 * @param path relative to the folder of the platform, with slashes
 * @param executable whether it is a script to start
 */
public record RenderedFile(String path, String text, boolean executable) {
    static RenderedFile of(String path, String text) {
        return new RenderedFile(path, text, false);
    }

    static RenderedFile script(String path, String text) {
        return new RenderedFile(path, text, true);
    }
}
