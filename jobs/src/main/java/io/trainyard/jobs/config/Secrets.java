package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.OptionValue;
import java.util.regex.Pattern;

/** What looks like a secret. */
final class Secrets {
    private static final Pattern VARIABLE = Pattern.compile(
            "(?i).*(secret|passw(or)?d|token|credential|api_?key|access_?key|private_?key).*|.*_key|(.*_)?sas(_.*)?");
    private static final Pattern SETTING = Pattern.compile(
            "(?i).*(secret|passw(or)?d|token|credential|(api|access|private|account)[._-]?key).*|(.*[._-])?sas([._-].*)?");

    /** Settings whose names only speak of secrets: of Kubernetes, that name one, and names of classes. */
    private static final Pattern HARMLESS_SETTING = Pattern.compile(
            "spark\\.kubernetes\\.(driver|executor)\\.(secrets|secretKeyRef)\\..+|.*\\.provider(\\..+)?");

    private static final Pattern HARMLESS_VALUE = Pattern.compile("true|false|\\d+(ms|s|min|m|h|d)");
    private static final Pattern REFERENCE =
            Pattern.compile("\\{\\{secrets/[^/{}]+/[^/{}]+}}|EMR\\.secret@[A-Za-z0-9/_+=.@:-]+");
    private static final Pattern USER_INFO = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^/\\s:@]*:)[^/\\s@]+(@)");
    private static final Pattern EXPANDED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)");

    private Secrets() {}

    static boolean isNameOfVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }

    static boolean isNameOfSetting(String key, String value) {
        return SETTING.matcher(key).matches()
                && !HARMLESS_SETTING.matcher(key).matches()
                && !HARMLESS_VALUE.matcher(value).matches();
    }

    /** Whether a value is what a platform replaces by a secret of its own. */
    static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    /** Whether a value holds a password of a URL, or what a variable with the name of a secret stands for. */
    static boolean isIn(OptionValue value) {
        return USER_INFO.matcher(value.value()).find()
                || EXPANDED.matcher(value.written()).results().anyMatch(name -> isNameOfVariable(name.group(1)));
    }

    /** The value as it was written, without a password. */
    static String shown(OptionValue value) {
        return USER_INFO.matcher(value.written()).replaceAll("$1…$2");
    }
}
