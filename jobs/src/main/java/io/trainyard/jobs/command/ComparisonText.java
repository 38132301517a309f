package io.trainyard.jobs.command;

import io.trainyard.jobs.run.VersionComparison;
import io.trainyard.jobs.run.VersionComparison.Sides;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A comparison as text for people: what is the same is not told. */
final class ComparisonText {
    private static final int COLUMNS = 10;
    private static final int DIGITS = 12;
    private static final String NONE = "–";

    private final VersionComparison comparison;
    private final String first;
    private final String second;

    private ComparisonText(VersionComparison comparison) {
        this.comparison = comparison;
        this.first = "version " + comparison.first().number();
        this.second = "version " + comparison.second().number();
    }

    static String of(VersionComparison comparison) {
        return new ComparisonText(comparison).text();
    }

    private String text() {
        StringBuilder text =
                new StringBuilder("%s %s and %s".formatted(comparison.first().model(), first, second));
        text.append(
                comparison.sameRows()
                        ? "\nTest, of the same rows\n"
                        : "\nTest, each of its own rows, since the training sets differ\n");
        text.append(scores());
        section(text, "Parameters", comparison.params(), value -> value);
        section(text, "Features", comparison.features(), value -> value);
        section(text, "Inputs", comparison.inputs(), ComparisonText::input);
        section(text, "Environment", comparison.environment(), value -> value);
        if (!comparison.importance().isEmpty()) {
            text.append("\nImportance as shares, by how far it moved\n").append(importance());
        }
        return text.toString();
    }

    private String scores() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("", first, second, "", ""));
        comparison
                .scores()
                .forEach(scores -> lines.add(List.of(
                        scores.metric(),
                        scores.sides().first().map(ComparisonText::score).orElse(NONE),
                        scores.sides().second().map(ComparisonText::score).orElse(NONE),
                        change(scores.sides()),
                        scores.apart() ? "intervals do not meet" : "")));
        return Columns.of(lines);
    }

    private static String change(Sides<Score> sides) {
        return sides.first()
                .flatMap(one -> sides.second().map(other -> other.value() - one.value()))
                .map(change -> String.format(Locale.ROOT, "%+.4f", change))
                .orElse("");
    }

    private static String score(Score score) {
        String interval =
                score.hasInterval() ? String.format(Locale.ROOT, " (%.4f to %.4f)", score.low(), score.high()) : "";
        return String.format(Locale.ROOT, "%.4f%s", score.value(), interval);
    }

    private <T> void section(
            StringBuilder text, String title, Map<String, Sides<T>> differing, Function<T, String> words) {
        if (differing.isEmpty()) {
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("", first, second));
        differing.forEach(
                (name, sides) -> lines.add(List.of(name, cell(sides.first(), words), cell(sides.second(), words))));
        text.append("\n").append(title).append("\n").append(Columns.of(lines));
    }

    private static <T> String cell(Optional<T> side, Function<T, String> words) {
        return side.map(words).orElse(NONE);
    }

    private static String input(Lineage.Input input) {
        String fingerprint = input.fingerprint()
                .substring(0, Math.min(DIGITS, input.fingerprint().length()));
        return input.version().isEmpty() ? fingerprint : "version %s %s".formatted(input.version(), fingerprint);
    }

    private String importance() {
        return comparison.importance().stream()
                .limit(COLUMNS)
                .map(moved -> String.format(
                        Locale.ROOT,
                        "  %-24s %5.1f %% to %5.1f %%",
                        moved.column(),
                        100 * moved.first(),
                        100 * moved.second()))
                .collect(Collectors.joining("\n"));
    }
}
