package io.trainyard.registry;

import java.util.regex.Pattern;

/** Names that are no files on Windows, though they are elsewhere: {@code nul.txt} is a device, {@code a.} is {@code a}. */
public final class WindowsNames {
    private static final Pattern TAKEN = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?|.*\\.");

    private WindowsNames() {}

    /** Whether a segment of a path would not be the file that it names. */
    public static boolean isTaken(String segment) {
        return TAKEN.matcher(segment).matches();
    }
}
