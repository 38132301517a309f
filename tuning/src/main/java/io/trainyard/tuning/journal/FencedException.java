package io.trainyard.tuning.journal;

import io.trainyard.tuning.study.StudyException;

/** Another driver has taken the study over; this one must stop. What it told before is kept. */
public final class FencedException extends StudyException {

    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message);
    }
}
