package io.trainyard.jobs.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which releases of EMR carry what Trainyard needs: Spark 3.5, Delta 3.3, Scala 2.12, Java 17. */
final class EmrRelease {
    static final String DEFAULT = "emr-7.12.0";

    private static final Pattern RELEASE = Pattern.compile("emr-(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final int MAJOR = 7;

    /** The first with Delta 3.3 (EMR release guide, Delta Lake release history). */
    private static final int FIRST_MINOR = 8;

    private static final String REMEDY = "use emr-7.8.0 or later of 7, such as " + DEFAULT;

    private EmrRelease() {}

    /** What is wrong with a release, with the remedy. */
    static Optional<String> flaw(String release) {
        Matcher parts = RELEASE.matcher(release);
        if (!parts.matches()) {
            return Optional.of("expected a release such as %s, found '%s'".formatted(DEFAULT, release));
        }
        int major = Integer.parseInt(parts.group(1));
        if (major > MAJOR) {
            return Optional.of("'%s' is of a major that Trainyard does not know: %s".formatted(release, REMEDY));
        }
        if (major < MAJOR || Integer.parseInt(parts.group(2)) < FIRST_MINOR) {
            return Optional.of("'%s' has an earlier Delta Lake than 3.3: %s".formatted(release, REMEDY));
        }
        return Optional.empty();
    }
}
