package io.trainyard.registry.mlflow;

import io.trainyard.registry.Discard;
import io.trainyard.registry.ModelVersion;
import java.util.List;
import java.util.Optional;

/**
 * A version that was registered here.
 *
 * @param actor who registered it
 * @param runId the run that holds its artifacts
 * @param judged what gates have said of it, in the order in which they did
 * @param discard why it has no files any more
 */
record StoredVersion(
        ModelVersion version,
        String actor,
        String runId,
        List<JudgementTags.Judgement> judged,
        Optional<Discard> discard) {
    StoredVersion {
        judged = List.copyOf(judged);
    }

    boolean isDiscarded() {
        return discard.isPresent();
    }

    int number() {
        return version.number();
    }
}
