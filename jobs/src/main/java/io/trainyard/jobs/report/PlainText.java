package io.trainyard.jobs.report;

/** Text that comes from data. */
final class PlainText {
    private PlainText() {}

    /** On one line, without control characters and without those that turn the direction of what follows. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").replaceAll("\\p{Cf}", "");
    }
}
