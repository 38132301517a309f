package io.trainyard.tuning.study;

import java.util.ArrayList;
import java.util.List;

/** Events in memory, for studies that need not outlive the driver. */
public final class MemoryStorage implements StudyStorage {

    private final List<StudyEvent> events = new ArrayList<>();
    private boolean owned;

    @Override
    public synchronized List<StudyEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public synchronized List<StudyEvent> takeOver(StudyEvent.Owned owner) {
        List<StudyEvent> before = events();
        owned = true;
        events.add(owner);
        return before;
    }

    @Override
    public synchronized long append(StudyEvent event) {
        if (!owned) {
            throw new IllegalStateException("Cannot append an event: take the study over first");
        }
        events.add(event);
        return events.size();
    }

    @Override
    public void sync(long position) {}
}
