package io.trainyard.tuning.placement;

/** The cluster lost a trial: it is to be run again, with the same seed. */
public final class LostTrialException extends RuntimeException {

    /** Who may have caused it, as far as the cluster can tell. */
    public enum Suspect {
        /** The cluster alone: an executor was taken away, or a node died. */
        NOBODY,
        /** What the trial's task ran into, such as a disk that cannot be read. */
        TASK,
        /** The process in which the trial ran ended, which it may have brought about itself, as may any other trial there. */
        TRIAL
    }

    private final Suspect suspect;

    /** @param cause null where only the reason is known */
    public LostTrialException(Suspect suspect, String reason, Throwable cause) {
        super(reason, cause);
        this.suspect = suspect;
    }

    /** One whose task failed; Spark appends the stacks of driver and executor to its messages, which are left out. */
    static LostTrialException ofTask(Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        return new LostTrialException(Suspect.TASK, reason.lines().findFirst().orElse("no reason given"), failure);
    }

    Suspect suspect() {
        return suspect;
    }
}
