package io.trainyard.registry.mlflow;

import io.trainyard.registry.ModelVersion;
import java.util.List;

/**
 * A version that was registered here.
 *
 * @param actor who registered it
 * @param runId the run that holds its artifacts
 * @param judged what gates have said of it, in the order in which they did
 */
record StoredVersion(ModelVersion version, String actor, String runId, List<JudgementTags.Judgement> judged) {
    StoredVersion {
        judged = List.copyOf(judged);
    }

    int number() {
        return version.number();
    }
}
