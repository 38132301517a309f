package io.trainyard.jobs.card;

/** Text that comes from data. */
public final class PlainText {
    private PlainText() {}

    /** On one line, without control characters and without those that turn the direction of what follows. */
    public static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").replaceAll("\\p{Cf}", "");
    }
}
