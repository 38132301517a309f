package io.trainyard.tuning.study;

/**
 * Decides which trials are worth going on with. A pruner has no state: its decision depends on the arguments alone, to the last bit and
 * on every machine, so that a study can be resumed and its journal proven.
 *
 * <p>A paused trial is promoted by the same question: it is asked again, as the history grows, whenever a worker looks for work.
 * A pruner is never asked about a trial that reported NaN, which the study stops itself, nor at the last step, at which nothing is
 * left to save.
 */
public interface Pruner {

    /**
     * Decides on a trial after its last report.
     *
     * @param problem whose first metric the reports are of
     * @param history all other trials, with their reports; in lockstep only those of lower numbers that it need not wait for
     */
    Decision decide(Problem problem, Trial trial, History history);

    /**
     * The next step at which this pruner wants to decide: a worker runs the trial up to it and reports.
     *
     * @return after the trial's last reported step, and at most the problem's number of steps
     */
    int nextStep(Problem problem, Trial trial);

    /** Whether it may say {@link Decision#WAIT}: which trials go on then depends on the order in which they report. */
    default boolean pauses() {
        return false;
    }

    /**
     * The line in which a trial waits: where a trial may not go on, none may that is in the same line and has a worse value. It spares
     * asking for each of many that wait.
     *
     * @return equal for trials of one line; by default each waits alone
     */
    default Object line(Problem problem, Trial trial) {
        return trial.number();
    }
}
