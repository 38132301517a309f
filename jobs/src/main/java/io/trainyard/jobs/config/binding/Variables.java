package io.trainyard.jobs.config.binding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Expands variables of the environment in scalars: a name in braces after a dollar sign, with {@code :-default} before the
 * closing brace where it may be undefined. As in a shell, the default also replaces an empty variable. A doubled dollar sign
 * before a brace stands for the two characters. What was written is kept beside what it stands for.
 */
public final class Variables {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})?");

    private final Map<String, String> environment;
    private final Findings findings;

    public Variables(Map<String, String> environment, Findings findings) {
        this.environment = Map.copyOf(environment);
        this.findings = findings;
    }

    /** The value with every scalar in it expanded. A variable that is undefined is a problem, and its scalar has no text. */
    public Value expand(Value value) {
        return expand(value, KeyPath.ROOT);
    }

    private Value expand(Value value, KeyPath path) {
        if (value instanceof Value.Mapping mapping) {
            Map<String, Value> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> entries.put(key, expand(entry, path.key(key))));
            return new Value.Mapping(entries, mapping.line());
        }
        if (value instanceof Value.Sequence sequence) {
            return new Value.Sequence(
                    IntStream.range(0, sequence.items().size())
                            .mapToObj(i -> expand(sequence.items().get(i), path.item(i)))
                            .toList(),
                    sequence.line());
        }
        return value instanceof Value.Scalar scalar ? expand(scalar, path) : value;
    }

    private Value expand(Value.Scalar scalar, KeyPath path) {
        StringBuilder text = new StringBuilder();
        boolean complete = scalar.text().isPresent();
        Matcher reference = REFERENCE.matcher(scalar.written());
        while (reference.find()) {
            Optional<String> value = valueOf(reference, scalar, path);
            complete &= value.isPresent();
            reference.appendReplacement(text, Matcher.quoteReplacement(value.orElse("")));
        }
        reference.appendTail(text);
        return new Value.Scalar(
                scalar.written(),
                complete ? Optional.of(text.toString()) : Optional.empty(),
                scalar.quoted(),
                scalar.line());
    }

    private Optional<String> valueOf(Matcher reference, Value.Scalar scalar, KeyPath path) {
        if (reference.group().equals("$${")) {
            return Optional.of("${");
        }
        String name = reference.group(1);
        if (name == null) {
            findings.problem(
                    scalar.line(),
                    path.text(),
                    "malformed variable in '%s': write ${NAME} or ${NAME:-default}, or $${ for the characters themselves"
                            .formatted(scalar.written()));
            return Optional.empty();
        }
        Optional<String> fallback = Optional.ofNullable(reference.group(2));
        Optional<String> value = Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isEmpty() || fallback.isEmpty())
                .or(() -> fallback);
        if (value.isEmpty()) {
            findings.problem(
                    scalar.line(),
                    path.text(),
                    "variable '%s' is not set: set it in the environment, or write ${%s:-default}"
                            .formatted(name, name));
        }
        return value;
    }
}
