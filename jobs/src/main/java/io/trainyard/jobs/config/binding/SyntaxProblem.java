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
                    "expected <block end>",
                    "a line that is indented unlike its neighbours, or something after a closed value"),
            new Cause("expected ',' or '}'", "a '{' that is not closed, or a ',' that is missing"),
            new Cause("expected ',' or ']'", "a '[' that is not closed, or a ',' that is missing"),
            new Cause("unexpected end of stream", "a quote that is not closed"),
            new Cause("expected a single document", "a second document after '---': keep one in a file"),
            new Cause("found undefined alias", "an alias ('*name') without its anchor ('&name')"),
            new Cause("special characters are not allowed", "a control character"),
            new Cause("cannot start any token", "a character that cannot begin a value: quote the value"));

    private SyntaxProblem() {}

    static String in(MarkedYAMLException exception) {
        String said = String.valueOf(exception.getProblem()) + " " + exception.getContext();
        String words = CAUSES.stream()
                .filter(cause -> said.contains(cause.parser()))
                .findFirst()
                .map(Cause::words)
                .orElse(exception.getProblem());
        return "not valid YAML at column %d: %s"
                .formatted(exception.getProblemMark().getColumn() + 1, words);
    }
}
