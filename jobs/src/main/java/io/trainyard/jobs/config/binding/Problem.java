package io.trainyard.jobs.config.binding;

import java.util.Comparator;

/**
 * One thing that the user can mend.
 *
 * @param line from 1; 0 for what stands on no line: an argument of the command line, or the file as a whole
 * @param path the key, such as {@code search.trials}; the argument, such as {@code --set search.trials}; empty for the
 *     file as a whole
 * @param message what is wrong, the value, and the remedy; never the value of a variable of the environment
 */
public record Problem(int line, String path, String message) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER =
            Comparator.comparingInt(Problem::line).thenComparing(Problem::path).thenComparing(Problem::message);

    /** The problem as one line for people and editors: {@code file:line: path: message}. */
    public String in(String file) {
        if (line == 0) {
            return (path.isEmpty() ? file : path) + ": " + message;
        }
        return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }

    /** By line; what stands on no line comes first. */
    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }
}
