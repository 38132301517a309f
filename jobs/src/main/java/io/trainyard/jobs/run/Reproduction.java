package io.trainyard.jobs.run;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of making a version again.
 *
 * @param files how each file of the bundle came out
 * @param predictions how far the two models' predictions lie apart, where the model's own files say nothing or differ
 * @param scores of the model that was made again, on the test rows
 * @param notes what the user should know of how it was made, in words
 */
public record Reproduction(
        ModelVersion version,
        SortedMap<String, Match> files,
        Optional<Deviation> predictions,
        List<Score> scores,
        List<String> notes) {
    public Reproduction {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        scores = List.copyOf(scores);
        notes = List.copyOf(notes);
    }

    /** How a file came out. */
    public enum Match {
        /** The same bytes; of a model of MLlib, the same predictions. */
        EQUAL,
        DIFFERENT,
        /** It is in one of the two bundles alone. */
        ALONE,
        /** Not made again: the registered bundle's own, as an input. */
        TAKEN
    }

    /**
     * Of predictions on the test rows.
     *
     * @param rows of the test
     * @param differing rows of another prediction
     * @param largest difference of a probability, or of the number that is predicted
     */
    public record Deviation(long rows, long differing, double largest) {}

    /** Whether everything that was made again came out the same. */
    public boolean equal() {
        return files.values().stream().allMatch(match -> match == Match.EQUAL || match == Match.TAKEN);
    }

    static SortedMap<String, Match> files(Map<String, String> registered, Map<String, String> rebuilt) {
        SortedMap<String, Match> files = new TreeMap<>();
        registered.forEach((path, digest) -> files.put(path, match(digest, Optional.ofNullable(rebuilt.get(path)))));
        rebuilt.keySet().forEach(path -> files.putIfAbsent(path, Match.ALONE));
        return files;
    }

    private static Match match(String registered, Optional<String> rebuilt) {
        return rebuilt.map(digest -> digest.equals(registered) ? Match.EQUAL : Match.DIFFERENT)
                .orElse(Match.ALONE);
    }
}
