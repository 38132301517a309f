package io.trainyard.tuning.journal;

import io.trainyard.tuning.study.StudyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;

/** The files of a journal's segments, by number from 1. */
record SegmentFiles(SegmentStore store) {

    private static final int DIGITS = 8;
    private static final Pattern NAME = Pattern.compile("\\d{%d}\\.jsonl".formatted(DIGITS));

    /** So many files are read at once: a storage that is far away answers each of them late. */
    private static final int READERS = 16;

    static String name(int number) {
        return "%08d.jsonl".formatted(number);
    }

    String location() {
        return store.location();
    }

    /**
     * The names of all, in order.
     *
     * @throws StudyException when one is missing
     */
    List<String> names() {
        List<String> names = list();
        for (int number = 1; number <= names.size(); number++) {
            String found = names.get(number - 1);
            if (Integer.parseInt(found, 0, DIGITS, 10) != number) {
                throw new StudyException(
                        "Cannot read the journal in %s: segment %s is missing, and %s is there. Restore it from a copy, or start a new study"
                                .formatted(location(), name(number), found));
            }
        }
        return names;
    }

    private List<String> list() {
        try {
            return store.list().stream()
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot list the journal in " + location(), failure);
        }
    }

    /** What is in some files, in the order of their names. */
    List<byte[]> read(List<String> names) {
        if (names.size() <= READERS) {
            return names.stream().map(this::read).toList();
        }
        ForkJoinPool readers = new ForkJoinPool(READERS);
        try {
            return readers.submit(() -> names.parallelStream().map(this::read).toList())
                    .join();
        } finally {
            readers.shutdown();
        }
    }

    private byte[] read(String name) {
        try {
            return store.read(name);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read %s in %s".formatted(name, location()), failure);
        }
    }
}
