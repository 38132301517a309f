package io.trainyard.registry.mlflow;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {
    /** Returns after {@code duration}. */
    void pause(Duration duration) throws InterruptedException;

    /** Sleeps. */
    static Pause sleeping() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
