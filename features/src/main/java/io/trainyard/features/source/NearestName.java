package io.trainyard.features.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a mistyped name was probably meant to be. */
public final class NearestName {

    private static final int LISTED = 10;

    private NearestName() {}

    /** A remark for the end of a message: the nearest known name, else the first of those there are. */
    public static String hint(String wanted, Collection<String> known) {
        return of(wanted, known).map(" (did you mean '%s'?)"::formatted).orElseGet(() -> list(known));
    }

    /** The known name with the fewest edits to the wanted one, ignoring case, if that is at most a third of its letters. */
    public static Optional<String> of(String wanted, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(wanted, name) <= Math.max(1, wanted.length() / 3))
                .min(Comparator.<String>comparingInt(name -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String list(Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String names = known.stream().sorted().limit(LISTED).collect(Collectors.joining(", "));
        return " (there are: %s%s)".formatted(names, known.size() > LISTED ? ", …" : "");
    }

    private static int distance(String left, String right) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
    }
}
