package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.Boosting.Checkpoint;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.matrix.NativeMatrix;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Goes on with a trial in this process. Each step at which it stops is a checkpoint, also where it goes on in place, so that its model
 * does not depend on where it was trained, or how often it was interrupted.
 */
record Slice(
        Boosting boosting,
        NativeMatrix train,
        NativeMatrix validation,
        RoundSchedule schedule,
        Checkpoints checkpoints) {

    Placement.Progress advance(TrialStretch stretch) throws IOException, XGBoostError {
        Boosting.Stretch trained = boosting.search(train, validation, last(stretch), rounds(stretch, stretch.until()));
        keep(stretch, trained.checkpoint());
        return new Placement.Progress(trained.judged(), trained.checkpoint().isEmpty());
    }

    /** As {@link #advance}, for someone else to judge, and to keep. */
    Boosting.Scored score(TrialStretch stretch) throws IOException, XGBoostError {
        return boosting.score(train, validation, last(stretch), rounds(stretch, stretch.until()));
    }

    /** Keeps from where the trial goes on. */
    void keep(TrialStretch stretch, Optional<Checkpoint> checkpoint) throws IOException {
        if (checkpoint.isPresent()) {
            checkpoints.write(stretch.number(), checkpoint.get());
            deleteOlder(stretch);
        }
    }

    /** The checkpoint of the last step that the trial passed: read, or where it is gone, trained again by the same steps. */
    private Optional<Checkpoint> last(TrialStretch stretch) throws IOException, XGBoostError {
        List<Integer> passed = stretch.passed();
        if (passed.isEmpty()) {
            return Optional.empty();
        }
        Optional<Checkpoint> kept = checkpoints.read(stretch.number(), rounds(stretch, passed.get(passed.size() - 1)));
        if (kept.isPresent()) {
            return kept;
        }
        Optional<Checkpoint> again = Optional.empty();
        for (int step : passed) {
            again = boosting.search(train, validation, again, rounds(stretch, step))
                    .checkpoint();
        }
        return again;
    }

    /** The newest may not be known to the study yet, so the one before it stays. */
    private void deleteOlder(TrialStretch stretch) throws IOException {
        List<Integer> passed = stretch.passed();
        if (passed.size() > 1) {
            int older = rounds(stretch, passed.get(passed.size() - 2));
            if (older < rounds(stretch, passed.get(passed.size() - 1))) {
                checkpoints.delete(stretch.number(), older);
            }
        }
    }

    private int rounds(TrialStretch stretch, int step) {
        return schedule.rounds(step, stretch.params());
    }
}
