package io.trainyard.registry;

/**
 * Text of unknown origin in messages: on one line, no longer than is needed to know it again, and without characters
 * that a terminal would obey or that change how others are read.
 */
public final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    /** The text itself when it is plain and short. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(character -> append(shown, character));
        int left = text.codePointCount(0, text.length()) - LONGEST;
        return left > 0
                ? shown.append("… and %d characters more".formatted(left)).toString()
                : shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        if (isPlain(character)) {
            shown.appendCodePoint(character);
        } else {
            shown.append("\\u%04x".formatted(character));
        }
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
