package io.trainyard.jobs.retrain;

import java.time.Duration;

/**
 * What is known of the model at work.
 *
 * @param age since the newest row that it learned from
 * @param sincePromotion since it went to work
 * @param sinceTraining since any training ended, be it that its model was promoted or not
 * @param trainedRows how many rows it learned from
 * @param newRows labelled rows that it could not learn from
 * @param previous whether there is a version before it to return to: not one that was itself rolled back from
 */
public record ChampionEvidence(
        Duration age,
        Duration sincePromotion,
        Duration sinceTraining,
        long trainedRows,
        long newRows,
        boolean previous) {
    public ChampionEvidence {
        if (age.isNegative() || sincePromotion.isNegative() || sinceTraining.isNegative()) {
            throw new IllegalArgumentException(
                    "A model is not from the future, but its age is %s, its promotion %s and its training %s ago: decide as of a later time"
                            .formatted(age, sincePromotion, sinceTraining));
        }
        if (trainedRows < 1 || newRows < 0) {
            throw new IllegalArgumentException(
                    "A model learned from 1 row at least, and new rows are 0 at least, but there are %d and %d"
                            .formatted(trainedRows, newRows));
        }
    }

    /** New rows by the rows that it learned from. */
    public double newShare() {
        return (double) newRows / trainedRows;
    }
}
