package io.trainyard.jobs.retrain;

import io.trainyard.jobs.retrain.RetrainDecision.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gathers what speaks for a training, and what is only worth a look. */
final class Reasons {
    private final List<String> forTraining = new ArrayList<>();
    private final List<String> forWatching = new ArrayList<>();
    private List<String> hindrances = List.of();

    void add(boolean training, String reason) {
        (training ? forTraining : forWatching).add(reason);
    }

    /** Reasons against a training, should there be one for it. */
    Reasons hindered(List<String> against) {
        hindrances = List.copyOf(against);
        return this;
    }

    RetrainDecision decision() {
        if (forTraining.isEmpty() && forWatching.isEmpty()) {
            return new RetrainDecision(Action.NOTHING, List.of("nothing is above its threshold"));
        }
        if (forTraining.isEmpty()) {
            return new RetrainDecision(Action.WATCH, forWatching);
        }
        Action action = hindrances.isEmpty() ? Action.RETRAIN : Action.WATCH;
        return new RetrainDecision(
                action,
                Stream.of(forTraining, forWatching, hindrances)
                        .flatMap(List::stream)
                        .toList());
    }
}
