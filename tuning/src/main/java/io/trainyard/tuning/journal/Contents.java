package io.trainyard.tuning.journal;

import io.trainyard.tuning.study.StudyEvent;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a journal holds.
 *
 * @param size how many segments there are, those that do not count among them
 * @param segments that count, by number from 1
 * @param lost what does not count and why, a sentence each
 */
record Contents(int size, NavigableMap<Integer, Segment> segments, List<String> lost) {

    Contents {
        segments = Collections.unmodifiableNavigableMap(new TreeMap<>(segments));
        lost = List.copyOf(lost);
    }

    List<StudyEvent> events() {
        return segments.values().stream()
                .flatMap(segment -> segment.events().stream())
                .toList();
    }

    /** How many segments at the end are cut off: whoever takes over declares them void. */
    int cutAtEnd() {
        return segments.isEmpty() ? size : size - segments.lastKey();
    }
}
