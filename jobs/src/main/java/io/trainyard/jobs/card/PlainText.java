package io.trainyard.jobs.card;

/** Text that comes from data. */
public final class PlainText {
    private PlainText() {}

    /** On one line, without control characters and without those that turn the direction of what follows. */
    public static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").replaceAll("\\p{Cf}", "");
    }

    /** The same as a part of HTML, of an element's text or of an attribute in quotes. */
    public static String escaped(String text) {
        return escapedLines(line(text));
    }

    /** As {@link #escaped}, with its lines as they are. */
    static String escapedLines(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
