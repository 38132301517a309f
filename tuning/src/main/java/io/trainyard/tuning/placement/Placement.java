package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.ml.Transformer;

/** Where trials of a learner run. Calls block, and may come from several threads at once. */
public interface Placement extends AutoCloseable {
    /**
     * Where a trial stands after a stretch of it.
     *
     * @param judged the best that it came to
     * @param ended whether it has nothing left to train
     */
    record Progress(Boosting.Judged judged, boolean ended) implements Serializable {}

    /**
     * Goes on with fitting one configuration on the search's training rows, and judges it on the validation rows. A learner whose
     * training cannot be divided comes to its end at once.
     *
     * @throws LostTrialException if the cluster lost the work, which says nothing about the configuration
     * @throws FailedTrialException if the configuration itself cannot be trained
     */
    Progress advance(String description, TrialStretch stretch) throws InterruptedException;

    /** Fits and judges one configuration from beginning to end, where the study has no steps. */
    default Boosting.Judged search(String description, Params params) throws InterruptedException {
        return advance(description, TrialStretch.whole(params)).judged();
    }

    /**
     * Makes ready what all trials share, so that the first ones find it. Fails, as the cluster does, where no trial could run.
     */
    default void load() {}

    /** Frees what is kept for going on with a trial, which has ended. */
    default void forget(String study, int trial) throws IOException {}

    /** Frees what is kept for going on with any trial of a study, which has ended. */
    default void forget(String study) throws IOException {}

    /** Fits one configuration on the rows of the final fit. */
    FittedModel fit(String description, Params params, int rounds) throws InterruptedException;

    /** Frees what the trials shared. */
    @Override
    void close();

    /** A model of the final fit. */
    sealed interface FittedModel {
        /** A model in XGBoost's {@code ubj} format. */
        @SuppressWarnings("ArrayRecordComponent") // Megabytes that are written once; equality is never asked.
        record Booster(byte[] ubj) implements FittedModel {}

        /** A model of MLlib, alive in this session. */
        record SparkModel(Transformer model) implements FittedModel {}
    }
}
