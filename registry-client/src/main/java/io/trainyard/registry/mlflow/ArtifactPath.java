package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.util.regex.Pattern;

/**
 * Paths of artifacts, from the artifact root down. Nothing in them can be decoded, by whichever server, into a path that
 * leads elsewhere.
 */
final class ArtifactPath {
    private static final Pattern FORBIDDEN = Pattern.compile("[%\\\\:?#\\p{Cntrl}]");

    private ArtifactPath() {}

    static String checked(String path) {
        for (String segment : path.split("/", -1)) {
            if (segment.isBlank()
                    || segment.equals(".")
                    || segment.equals("..")
                    || FORBIDDEN.matcher(segment).find()) {
                throw new RegistryException(
                        ("Cannot use '%s' as the path of an artifact: segments are not empty, not '.' or '..', and have"
                                        + " none of %% \\ : ? # in them")
                                .formatted(path));
            }
        }
        return path;
    }
}
