package io.trainyard.registry;

import java.util.regex.Pattern;

/** The names that users choose. They become path segments and parts of {@code model@alias}: hence the patterns. */
public final class Names {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");
    private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9_-]{0,127}");
    private static final Pattern VERSION_LIKE = Pattern.compile("v[0-9]+");

    private Names() {}

    /** Returns {@code name} when a model may have it. */
    public static String model(String name) {
        if (!isModel(name)) {
            throw new RegistryException(
                    ("Cannot use '%s' as the name of a model: begin with a letter, go on with letters, "
                                    + "digits, '_', '.' and '-', at most 128 in all%s")
                            .formatted(
                                    Shown.text(name),
                                    WindowsNames.isTaken(name) ? "; Windows takes it for another" : ""));
        }
        return name;
    }

    /** Whether a model may have the name. */
    public static boolean isModel(String name) {
        return MODEL.matcher(name).matches() && !WindowsNames.isTaken(name);
    }

    /** Returns {@code alias} when it may be one: not {@code latest} and not {@code v12}, which read like versions. */
    public static String alias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw new RegistryException(
                    ("Cannot use '%s' as an alias: begin with a small letter, go on with small letters, "
                                    + "digits, '_' and '-', at most 128 in all")
                            .formatted(Shown.text(alias)));
        }
        if (alias.equals("latest") || VERSION_LIKE.matcher(alias).matches()) {
            throw new RegistryException(
                    "Cannot use '%s' as an alias: it reads like a version; choose another, such as 'champion'"
                            .formatted(alias));
        }
        return alias;
    }
}
