package io.trainyard.registry.bundle;

import io.trainyard.registry.Shown;
import io.trainyard.registry.WindowsNames;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Paths inside bundles. Segments are plain ASCII and begin with no dot, which leaves no room for {@code ..}, for an
 * absolute path, or for anything that some storage or URL would decode into one.
 */
final class BundlePath {
    private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9_.=+@-]{0,254}";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");

    /** What storages take; the pattern alone would follow a longer one too deep. */
    private static final int LONGEST = 1_024;

    private BundlePath() {}

    static String checked(String path) {
        if (path.length() > LONGEST || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    ("'%s' is no path in a bundle: segments are letters, digits and '_.=+@-', and begin with no dot; "
                                    + "at most %d characters in all")
                            .formatted(Shown.text(path), LONGEST));
        }
        if (Arrays.stream(path.split("/")).anyMatch(WindowsNames::isTaken)) {
            throw new IllegalArgumentException(
                    "'%s' is no path in a bundle: Windows takes it for another; rename the file".formatted(path));
        }
        return path;
    }
}
