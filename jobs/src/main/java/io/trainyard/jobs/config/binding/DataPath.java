package io.trainyard.jobs.config.binding;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where data lie: a local path, or a URI that Hadoop knows.
 *
 * @param resolved the URI as given, or the absolute path: a relative one starts at the folder of the file that names it
 * @param relative whether the file gave a relative path, which means nothing on the machines of a cluster
 */
public record DataPath(String resolved, boolean relative) {
    /** Two letters at least, so that a Windows drive is no scheme. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    static DataPath of(String text, Path folder) {
        if (SCHEME.matcher(text).matches() || Path.of(text).isAbsolute()) {
            return new DataPath(text, false);
        }
        return new DataPath(folder.resolve(text).normalize().toString(), true);
    }

    @Override
    public String toString() {
        return resolved;
    }
}
