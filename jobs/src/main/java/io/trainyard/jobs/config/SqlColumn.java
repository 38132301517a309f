package io.trainyard.jobs.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions in SQL that are nothing but a column. Letter case of columns does not count. */
final class SqlColumn {
    private static final Pattern BACKQUOTED = Pattern.compile("`((?:[^`]|``)*)`");

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private SqlColumn() {}

    /** The name of the column where the expression is nothing but one; any other expression as it is. */
    static String of(String expression) {
        Matcher quoted = BACKQUOTED.matcher(expression.strip());
        return quoted.matches() ? quoted.group(1).replace("``", "`") : expression.strip();
    }

    /** Whether this is a plain name, and so a column where an expression is. */
    static boolean isName(String expression) {
        return NAME.matcher(expression).matches();
    }

    static boolean is(String expression, String column) {
        return of(expression).equalsIgnoreCase(column);
    }
}
