package io.trainyard.jobs.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that went wrong, from the window that first showed it to the one that no longer does.
 *
 * @param id says the same incident in every run: it is derived from the model version (of inputs, the
 *     pipeline), the subject and the window or look that opened it
 * @param opened the start of the first window that found the subject drifted; of inputs, the logical time of the first look
 * @param closed the start of the window that ended it; empty while it is open
 * @param reasons of the latest window that found the subject drifted
 */
public record Incident(
        String id,
        Finding.Kind kind,
        String subject,
        Instant opened,
        Optional<Instant> closed,
        int windows,
        List<String> reasons) {
    public Incident {
        reasons = List.copyOf(reasons);
    }

    /** Whether it goes on. */
    public boolean open() {
        return closed.isEmpty();
    }
}
