package io.trainyard.tuning.study;

/** Hears of every trial that ended, for progress and reports. */
@FunctionalInterface
public interface StudyListener {

    /**
     * Called once a trial's outcome is durable, by the thread that told it and outside the study's lock: calls may overlap,
     * and a slow listener holds up one worker only. Lost trials are not reported: they run again.
     *
     * @param history the study right after this trial
     */
    void told(Trial trial, History history);
}
