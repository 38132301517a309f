package io.trainyard.registry.bundle;

import java.util.regex.Pattern;

/**
 * Paths inside bundles. Segments are plain ASCII and begin with no dot, which leaves no room for {@code ..}, for an
 * absolute path, or for anything that some storage or URL would decode into one.
 */
final class BundlePath {
    private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9_.=+@-]{0,254}";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");

    private BundlePath() {}

    static String checked(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no path in a bundle: segments are letters, digits and '_.=+@-', and begin with no dot"
                            .formatted(path));
        }
        return path;
    }
}
