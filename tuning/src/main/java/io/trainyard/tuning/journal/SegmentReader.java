package io.trainyard.tuning.journal;

import io.trainyard.tuning.study.StudyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads a journal's segments in order. What was read is kept: whole segments never change.
 *
 * <p>A segment that is cut off at the end does not count: its writer died, or is about to write the rest. One before the end does
 * not count where the next whole one declares it void; where none does, the journal is damaged.
 */
final class SegmentReader {

    private static final Pattern NAME = Pattern.compile("\\d{8}\\.jsonl");

    private final SegmentStore store;
    private final NavigableMap<Integer, Segment> known = new TreeMap<>();

    SegmentReader(SegmentStore store) {
        this.store = store;
    }

    /** @param number from 1 */
    static String name(int number) {
        return "%08d.jsonl".formatted(number);
    }

    /** @throws StudyException when a segment is missing or damaged, with what to do about it */
    synchronized Contents readAll() {
        int size = size();
        Map<Integer, Integer> cut = readUnknown(size);
        NavigableMap<Integer, Segment> counted = new TreeMap<>();
        known.forEach((number, segment) -> {
            int voided = number - segment.voided();
            counted.tailMap(voided, true).clear();
            int missing = counted.isEmpty() ? 1 : counted.lastKey() + 1;
            if (missing < voided) {
                throw damaged(missing, cutOff(cut.get(missing)), false);
            }
            counted.put(number, segment);
        });
        List<String> lost = IntStream.rangeClosed(1, size)
                .filter(number -> !counted.containsKey(number))
                .mapToObj(number -> lost(number, Optional.ofNullable(cut.get(number))))
                .toList();
        return new Contents(size, counted, lost);
    }

    /** How many segments there are, without a gap. */
    private int size() {
        List<String> names = names();
        for (int number = 1; number <= names.size(); number++) {
            String found = names.get(number - 1);
            if (!found.equals(name(number))) {
                throw new StudyException(
                        "Cannot read the journal in %s: segment %s is missing, and %s is there. Restore it from a copy, or start a new study"
                                .formatted(store.location(), name(number), found));
            }
        }
        return names.size();
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

    /** The lengths of those that are cut off. */
    private Map<Integer, Integer> readUnknown(int size) {
        Map<Integer, Integer> cut = new TreeMap<>();
        List<Piece> pieces = IntStream.rangeClosed(1, size)
                .filter(number -> !known.containsKey(number))
                .mapToObj(number -> read(number, number == size))
                .toList();
        for (Piece piece : pieces) {
            piece.segment()
                    .ifPresentOrElse(
                            segment -> known.put(piece.number(), segment),
                            () -> cut.put(piece.number(), piece.bytes()));
        }
        return cut;
    }

    private Piece read(int number, boolean last) {
        try {
            byte[] content = store.read(name(number));
            return new Piece(
                    number,
                    content.length,
                    Segment.isCut(content) ? Optional.empty() : Optional.of(Segment.decode(content)));
        } catch (IllegalArgumentException damage) {
            throw damaged(number, damage.getMessage(), last);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read %s in %s".formatted(name(number), store.location()), failure);
        }
    }

    private StudyException damaged(int number, String damage, boolean last) {
        String remedy = last
                ? "It is the last one: move it away to continue without its events"
                : "Restore it from a copy, or start a new study";
        return new StudyException("Cannot read the journal in %s: segment %s is damaged: %s. %s"
                .formatted(store.location(), name(number), damage, remedy));
    }

    private static String lost(int number, Optional<Integer> bytes) {
        return "segment %s does not count: %s"
                .formatted(
                        name(number),
                        bytes.map(SegmentReader::cutOff).orElse("another driver had taken over when it was written"));
    }

    private static String cutOff(int bytes) {
        return "it is cut off after %d bytes".formatted(bytes);
    }

    /** A file: a segment, or the beginning of one. */
    private record Piece(int number, int bytes, Optional<Segment> segment) {}
}
