package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.space.Params;
import org.apache.spark.ml.Transformer;

/** Where trials of a learner run. Calls block, and may come from several threads at once. */
public sealed interface Placement extends AutoCloseable permits ResidentPlacement, DriverPlacement {
    /**
     * Fits one configuration on the search's training rows and judges it on the validation rows.
     *
     * @param params the learner's own parameters
     * @throws LostTrialException if the cluster lost the work, which says nothing about the configuration
     * @throws FailedTrialException if the configuration itself cannot be trained
     */
    Boosting.Judged search(String description, Params params) throws InterruptedException;

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
