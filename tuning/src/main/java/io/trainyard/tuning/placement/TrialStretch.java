package io.trainyard.tuning.placement;

import io.trainyard.tuning.space.Params;
import java.io.Serializable;
import java.util.List;

/**
 * A part of a trial, from the last step that it came through to another.
 *
 * @param study its name
 * @param number of the trial in its study
 * @param params the learner's own
 * @param passed the steps at which it stopped before, ascending; empty for a trial that begins
 * @param until the step that it is to come to
 */
public record TrialStretch(String study, int number, Params params, List<Integer> passed, int until)
        implements Serializable {
    public TrialStretch {
        passed = List.copyOf(passed);
    }

    /** All of a trial that no step divides. */
    static TrialStretch whole(Params params) {
        return new TrialStretch("", 0, params, List.of(), 1);
    }
}
