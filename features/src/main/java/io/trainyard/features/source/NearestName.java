package io.trainyard.features.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** Levenshtein's distance: the fewest insertions, deletions and replacements of one letter. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
