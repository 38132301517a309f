package io.trainyard.jobs.config.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The remedy for a name that nobody knows: the known one that it was probably meant to be. */
public final class NearestName {
    private NearestName() {}

    /** The known name within a third of the letters, two at least (one, for names of up to three letters). */
    public static Optional<String> of(String name, Collection<String> known) {
        int most = name.length() <= 3 ? 1 : Math.max(2, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** Ends a message: {@code (did you mean 'trials'?)}, or else all that is known. */
    public static String hint(String name, Collection<String> known) {
        return of(name, known)
                .map(nearest -> " (did you mean '" + nearest + "'?)")
                .orElseGet(() -> known.isEmpty() ? " (none is known)" : " (known: " + String.join(", ", known) + ")");
    }

    private static int distance(String name, String candidate) {
        return LevenshteinDistance.getDefaultInstance().apply(name, candidate);
    }
}
