package io.trainyard.jobs.config.binding;

import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What the parser says about broken YAML, in words that name the usual cause. */
final class SyntaxProblem {
    private record Cause(String parser, String words) {}

    private static final List<Cause> CAUSES = List.of(
            new Cause("\\t(TAB)", "a tab: indent by spaces"),
            new Cause(
                    "mapping values are not allowed",
                    "a second ':' in one line, or a wrong indentation: quote the value, or align the key with its neighbours"),
            new Cause("could not find expected ':'", "a key without ':' before this place"),
            new Cause(
                    "<block end>", "a line that is indented unlike its neighbours, or something after a closed value"),
            new Cause("expected ',' or '}'", "a '{' that is not closed, or a ',' that is missing"),
            new Cause("expected ',' or ']'", "a '[' that is not closed, or a ',' that is missing"),
            new Cause("expected the node content", "a value is missing, or a bracket that is not closed"),
            new Cause("unexpected end of stream", "a quote that is not closed"),
            new Cause("unknown escape character", "a backslash in double quotes: use single quotes, or write it twice"),
            new Cause("expected a single document", "a second document after '---': keep one in a file"),
            new Cause("found undefined alias", "an alias ('*name') without its anchor ('&name')"),
            new Cause("cannot start any token", "a character that cannot begin a value: quote the value"));

    private SyntaxProblem() {}

    static String in(MarkedYAMLException exception) {
        String said = exception.getProblem() + " " + exception.getContext();
        String words = CAUSES.stream()
                .filter(cause -> said.contains(cause.parser()))
                .findFirst()
                .map(Cause::words)
                .orElse(exception.getProblem());
        int column = exception.getProblemMark().getColumn() + 1;
        return "not valid YAML at column " + column + ": " + words + aboutVariables(exception);
    }

    /** Between braces YAML takes the brace of a variable for its own. */
    private static String aboutVariables(MarkedYAMLException exception) {
        boolean betweenBraces = String.valueOf(exception.getContext()).contains("flow");
        String line = String.valueOf(exception.getProblemMark().get_snippet());
        return betweenBraces && line.contains("${") ? "; between braces or brackets, quote a value with ${…}" : "";
    }
}
