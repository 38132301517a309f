package io.trainyard.jobs.monitor;

import io.trainyard.features.profile.Verdict;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.view.Test.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What stands behind a model's features at one look.
 *
 * @param sources those whose age is limited
 * @param tests what the tests of the sources and of the feature tables found when these were built
 */
public record Inputs(List<SourceAge> sources, List<TestReport> tests) {
    public Inputs {
        sources = List.copyOf(sources);
        tests = List.copyOf(tests);
    }

    /**
     * Sources that are stale, and tests that fail. Of rows that a test left out, no more than it bears, nothing is sure to be wrong: they
     * are worth a look.
     */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        sources.stream()
                .filter(SourceAge::stale)
                .forEach(age -> findings.add(
                        new Finding(Finding.Kind.FRESHNESS, age.source(), Verdict.DRIFTED, List.of(reason(age)))));
        tests.forEach(report -> judged(report).stream()
                .filter(result -> result.failed() > 0)
                .forEach(result -> findings.add(new Finding(
                        Finding.Kind.TEST,
                        subject(report, result),
                        result.ofRows() && result.action() != Action.WARN ? Verdict.WATCH : Verdict.DRIFTED,
                        List.of(reason(result))))));
        return findings;
    }

    /** The tests of a table but for those of its freshness, which change with the time alone and are judged as that of its source. */
    public static List<TestReport.Result> judged(TestReport report) {
        return report.results().stream()
                .filter(result -> !result.test().startsWith("freshness "))
                .toList();
    }

    /** Says which test of which table it is. */
    public static String subject(TestReport report, TestReport.Result result) {
        return "%s: %s".formatted(report.table(), result.test());
    }

    private static String reason(SourceAge age) {
        return age.newest()
                .map(newest -> "stale: the newest row is of %s, %s before %s, where %s are borne"
                        .formatted(newest, text(age.age().orElseThrow()), age.asOf(), text(age.limit())))
                .orElseGet(() -> "stale: no row is known by %s".formatted(age.asOf()));
    }

    private static String reason(TestReport.Result result) {
        if (!result.ofRows()) {
            return "it does not hold: there is " + result.example().orElse("nothing");
        }
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows fail, and are %s",
                result.failed(),
                result.rows(),
                switch (result.action()) {
                    case WARN, FAIL -> "used all the same";
                    case DROP -> "left out";
                    case QUARANTINE -> "in quarantine";
                });
    }

    /** In the largest units, as in {@code 3 days 4 hours}. */
    public static String text(Duration duration) {
        List<String> parts = new ArrayList<>();
        add(duration.toDays(), "day", parts);
        add(duration.toHoursPart(), "hour", parts);
        add(duration.toMinutesPart(), "minute", parts);
        if (parts.isEmpty()) {
            return "%d seconds".formatted(duration.toSeconds());
        }
        return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
    }

    private static void add(long count, String unit, List<String> parts) {
        if (count > 0) {
            parts.add("%d %s%s".formatted(count, unit, count == 1 ? "" : "s"));
        }
    }
}
