package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.time.Instant;
import java.util.List;

/** What happens to a study. Its events in order are the study. */
public sealed interface StudyEvent {

    Instant at();

    /**
     * A driver began to run the study, and every driver before it must stop.
     *
     * @param identity what the study searches, as {@link StudyDefinition#identity()}
     */
    record Owned(String study, String identity, Instant at) implements StudyEvent {}

    /**
     * A trial was decided on.
     *
     * @param pending the trials whose outcomes the decision did not see; it saw those of all other lower numbers, and of those that
     *     waited their last reports. This, the events before, the definition and the sampler are all that the decision depended on.
     */
    record Asked(int number, Params params, List<Integer> pending, Instant at) implements StudyEvent {
        public Asked {
            pending = List.copyOf(pending);
        }
    }

    /**
     * A trial said how far it got. One that is told to stop has ended with this.
     *
     * @param value of the first metric; may be NaN
     * @param decision how it goes on. It depended on this and all events before, the definition and the pruner.
     */
    record Reported(int number, int step, double value, Decision decision, Instant at) implements StudyEvent {}

    /** A trial that waited goes on. */
    record Resumed(int number, Instant at) implements StudyEvent {}

    /** A trial ended, or was lost. */
    record Told(int number, Outcome outcome, Instant at) implements StudyEvent {}
}
