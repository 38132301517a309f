package io.trainyard.registry.mlflow;

import io.trainyard.registry.bundle.Bundle;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tags of a version: a document with all that {@link io.trainyard.registry.ModelVersion} says, in parts that every
 * server takes, and beside it what people look for.
 */
final class VersionTags {
    static final String FINGERPRINT = "trainyard.fingerprint";
    static final String DIGEST = "trainyard.digest";

    private static final String OURS = "trainyard.";
    private static final String MLFLOWS = "mlflow.";
    private static final String DOCUMENT = "trainyard.version.";

    private VersionTags() {}

    static Map<String, String> write(
            Bundle bundle, Instant at, String actor, String fingerprint, Map<String, String> userTags) {
        Map<String, String> tags = shown(userTags);
        tags.put(FINGERPRINT, Limits.cut(fingerprint, Limits.REGISTRY_TAG));
        tags.put(DIGEST, bundle.digest());
        String document = VersionJson.write(bundle, at, actor, fingerprint, userTags);
        TagDocument.parts(DOCUMENT, document).forEach(part -> tags.put(part.key(), part.value()));
        return tags;
    }

    /** Those of the user's own that can be tags of MLflow's; the document has all. */
    static Map<String, String> shown(Map<String, String> userTags) {
        Map<String, String> tags = new TreeMap<>();
        userTags.forEach((key, value) -> {
            if (isShown(key)) {
                tags.put(key, Limits.cut(value, Limits.REGISTRY_TAG));
            }
        });
        return tags;
    }

    /** The document as it is read, from wherever it was. */
    static Map<String, String> whole(String document) {
        return Map.of(DOCUMENT + 0, document);
    }

    /** Empty when the version was registered by somebody else. */
    static Optional<StoredVersion> read(MlflowVersion version) {
        return TagDocument.read(version.tags(), DOCUMENT).map(document -> VersionJson.read(version, document));
    }

    /** The document has all tags; what MLflow cannot have as a tag, or has a meaning for, is in there alone. */
    private static boolean isShown(String key) {
        return !key.isBlank() && key.equals(Limits.key(key)) && !key.startsWith(OURS) && !key.startsWith(MLFLOWS);
    }
}
