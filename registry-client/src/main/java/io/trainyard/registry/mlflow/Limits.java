package io.trainyard.registry.mlflow;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How long the server's names and values may be. A server refuses what is longer, or cuts it without a word. */
final class Limits {
    static final int PARAM = 6000;
    static final int RUN_TAG = 8000;

    /** 100,000 today, 5,000 in servers of 2024. */
    static final int REGISTRY_TAG = 5000;

    /** Twice as long in JSON at most, and two of them still shorter than a tag may be. */
    private static final int WORD = 1000;

    private static final int KEY = 250;
    private static final Pattern NOT_IN_KEYS = Pattern.compile("[^A-Za-z0-9_./ -]");

    private Limits() {}

    /** The first {@code longest} characters, the last an ellipsis when some were cut off; no character is halved. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** A person's word for a tag. */
    static String word(String text) {
        return cut(text.replaceAll("\\p{Cntrl}", " "), WORD);
    }

    /** A key that every server takes, also as part of a path: {@code f1@0.5} is {@code f1_0.5}. */
    static String key(String name) {
        String plain = NOT_IN_KEYS.matcher(name).replaceAll("_");
        boolean isPath = plain.startsWith("/") || plain.startsWith(".") || plain.contains("//") || plain.contains("/.");
        return cut(isPath || plain.endsWith("/") ? plain.replace('/', '_').replaceFirst("^\\.", "_") : plain, KEY)
                .replace('…', '_');
    }

    static Map<String, String> values(Map<String, String> values, int longest) {
        Map<String, String> fitting = new TreeMap<>();
        values.forEach((name, value) -> fitting.put(key(name), cut(value, longest)));
        return fitting;
    }
}
