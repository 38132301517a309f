package io.trainyard.tuning.journal;

import io.trainyard.tuning.study.StudyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a journal's segments in order. What was read is kept: segments never change. */
final class SegmentReader {

    private static final Pattern NAME = Pattern.compile("\\d{8}\\.jsonl");

    private final SegmentStore store;
    private final Map<String, Segment> known = new HashMap<>();

    SegmentReader(SegmentStore store) {
        this.store = store;
    }

    /** @param number from 1 */
    static String name(int number) {
        return "%08d.jsonl".formatted(number);
    }

    /** @throws StudyException when a segment is missing or damaged, with what to do about it */
    synchronized List<Segment> readAll() {
        List<String> names = names();
        List<Segment> segments = new ArrayList<>(names.size());
        for (String name : names) {
            String expected = name(segments.size() + 1);
            if (!name.equals(expected)) {
                throw new StudyException(
                        "Cannot read the journal in %s: segment %s is missing, and %s is there. Restore it from a copy, or start a new study"
                                .formatted(store.location(), expected, name));
            }
            segments.add(known.computeIfAbsent(name, absent -> read(name, names)));
        }
        return segments;
    }

    private List<String> names() {
        try {
            return store.list().stream()
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot list the journal in " + store.location(), failure);
        }
    }

    private Segment read(String name, List<String> names) {
        try {
            return Segment.decode(store.read(name));
        } catch (IllegalArgumentException damage) {
            boolean last = name.equals(names.get(names.size() - 1));
            String remedy = last
                    ? "It is the last one: move it away to continue without its events"
                    : "Restore it from a copy, or start a new study";
            throw new StudyException(
                    "Cannot read the journal in %s: segment %s is damaged: %s. %s"
                            .formatted(store.location(), name, damage.getMessage(), remedy),
                    damage);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read %s in %s".formatted(name, store.location()), failure);
        }
    }
}
