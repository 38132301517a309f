package io.trainyard.tuning.journal;

import io.trainyard.tuning.study.StudyException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Reads a journal's segments in order. What was read is kept: whole segments never change.
 *
 * <p>A segment that is cut off at the end does not count: its writer died, or is about to write the rest. One before the end does
 * not count where the next whole one declares it void; where none does, the journal is damaged.
 */
final class SegmentReader {

    private final SegmentFiles files;
    private final NavigableMap<Integer, Segment> known = new TreeMap<>();

    SegmentReader(SegmentStore store) {
        this.files = new SegmentFiles(store);
    }

    /** @throws StudyException when a segment is missing or damaged, with what to do about it */
    synchronized Contents readAll() {
        List<String> names = files.names();
        Map<Integer, Integer> cut = readUnknown(names);
        NavigableMap<Integer, Segment> counted = counted(cut);
        List<String> lost = IntStream.rangeClosed(1, names.size())
                .filter(number -> !counted.containsKey(number))
                .mapToObj(number -> lost(number, Optional.ofNullable(cut.get(number))))
                .toList();
        return new Contents(names.size(), counted, lost);
    }

    /** From the end, as one that does not count declares nothing. */
    private NavigableMap<Integer, Segment> counted(Map<Integer, Integer> cut) {
        NavigableMap<Integer, Segment> counted = new TreeMap<>();
        int number = known.isEmpty() ? 0 : known.lastKey();
        while (number > 0) {
            if (cut.containsKey(number)) {
                throw damaged(number, cutOff(cut.get(number)), false);
            }
            counted.put(number, known.get(number));
            number -= 1 + known.get(number).voided();
        }
        return counted;
    }

    /** The lengths of those that are cut off. */
    private Map<Integer, Integer> readUnknown(List<String> names) {
        List<Integer> unknown = IntStream.rangeClosed(1, names.size())
                .filter(number -> !known.containsKey(number))
                .boxed()
                .toList();
        List<byte[]> contents =
                files.read(unknown.stream().map(number -> names.get(number - 1)).toList());
        Map<Integer, Integer> cut = new TreeMap<>();
        for (int i = 0; i < unknown.size(); i++) {
            int number = unknown.get(i);
            byte[] content = contents.get(i);
            decode(content, number, number == names.size())
                    .ifPresentOrElse(segment -> known.put(number, segment), () -> cut.put(number, content.length));
        }
        return cut;
    }

    private Optional<Segment> decode(byte[] content, int number, boolean last) {
        try {
            return Segment.isCut(content) ? Optional.empty() : Optional.of(Segment.decode(content));
        } catch (IllegalArgumentException damage) {
            throw damaged(number, damage.getMessage(), last);
        }
    }

    private StudyException damaged(int number, String damage, boolean last) {
        String remedy = last
                ? "It is the last one: move it away to continue without its events"
                : "Restore it from a copy, or start a new study";
        return new StudyException("Cannot read the journal in %s: segment %s is damaged: %s. %s"
                .formatted(files.location(), SegmentFiles.name(number), damage, remedy));
    }

    private static String lost(int number, Optional<Integer> bytes) {
        return "segment %s does not count: %s"
                .formatted(
                        SegmentFiles.name(number),
                        bytes.map(SegmentReader::cutOff).orElse("another driver had taken over when it was written"));
    }

    private static String cutOff(int bytes) {
        return "it is cut off after %d bytes".formatted(bytes);
    }
}
