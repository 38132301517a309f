package io.trainyard.jobs.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them, in units of 1,000: {@code 50 MB}. */
public final class SizeText {
    static final String PATTERN = "[0-9]{1,9} ?(?:B|kB|MB|GB)";
    static final String MEANING = "a size such as 50 MB";

    private static final Pattern PARTS = Pattern.compile("([0-9]+) ?([A-Za-z]+)");
    private static final Map<String, Long> UNITS =
            Map.of("B", 1L, "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

    private SizeText() {}

    /** @param text of the pattern */
    public static long bytes(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'%s' is not %s".formatted(text, MEANING));
        }
        return Long.parseLong(parts.group(1)) * UNITS.get(parts.group(2));
    }
}
