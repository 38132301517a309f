package io.trainyard.jobs.config.binding;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where data lie: a local path, or a URI that Hadoop knows.
 *
 * @param resolved the URI as given, or the absolute path: a relative one starts at the folder of the file that names it
 * @param relative whether it starts at a folder of this machine, which means nothing on the machines of a cluster
 */
public record DataPath(String resolved, boolean relative) {
    /** Two letters at least, so that a Windows drive is no scheme. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /** What comes before the path in a URI such as {@code s3a://bucket/folder}. */
    private static final Pattern ROOT = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:(//[^/]*)?");

    /** @param folder an absolute path, or a URI */
    static DataPath of(String text, String folder) {
        if (SCHEME.matcher(text).matches() || Path.of(text).isAbsolute()) {
            return new DataPath(text, false);
        }
        Matcher root = ROOT.matcher(folder);
        return root.lookingAt()
                ? new DataPath(root.group() + in("/" + folder.substring(root.end()), text), false)
                : new DataPath(in(folder, text), true);
    }

    private static String in(String folder, String text) {
        return Path.of(folder).resolve(text).normalize().toString();
    }

    @Override
    public String toString() {
        return resolved;
    }
}
