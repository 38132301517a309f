package io.trainyard.jobs.deploy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a POSIX shell. */
final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*");

    private Shell() {}

    /** A word that a shell reads as exactly this text. */
    static String quote(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A command of these words, on one line. */
    static String command(Collection<String> words) {
        return words.stream().map(Shell::quote).collect(Collectors.joining(" "));
    }

    /** A command on several lines; each line is shell already. */
    static String lines(List<String> lines) {
        return String.join(" \\\n  ", lines);
    }

    /** Options {@code --conf key=value}, each a line. */
    static List<String> settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> "--conf " + quote(entry.getKey() + "=" + entry.getValue()))
                .toList();
    }
}
