package io.trainyard.registry.mlflow;

import io.trainyard.registry.bundle.Bundle;
import java.util.Map;

/**
 * What is to be registered.
 *
 * @param tags the user's own
 * @param round how many versions of this bundle and fingerprint were discarded before: each has a run and files of its own
 */
record NewVersion(String model, Bundle bundle, String fingerprint, Map<String, String> tags, long round) {
    /** The digest is part of it: a run whose files are of another bundle is not gone on with. */
    String identity() {
        return "version\n%s\n%s\n%s%s".formatted(model, fingerprint, bundle.digest(), round == 0 ? "" : "\n" + round);
    }
}
