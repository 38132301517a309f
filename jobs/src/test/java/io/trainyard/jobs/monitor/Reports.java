package io.trainyard.jobs.monitor;

import io.trainyard.features.profile.Bin;
import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.Distance;
import io.trainyard.features.profile.DriftMeasure;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.ShareChange;
import io.trainyard.features.profile.Verdict;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.view.Test.Action;
import io.trainyard.registry.Score;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reports of days as tests need them. */
public final class Reports {
    static final Watched WATCHED = new Watched("m", 3, "rows");
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");

    private Reports() {}

    static Instant day(int number) {
        return FIRST.plus(number, ChronoUnit.DAYS);
    }

    /** A day with stable columns. */
    static WindowReport calm(int day, long rows) {
        return report(day, rows, Verdict.STABLE, new Score("roc_auc", 0.9, 0.88, 0.92));
    }

    static WindowReport report(int day, long rows, Verdict verdict, Score measured) {
        return report("amount", day, rows, verdict, measured);
    }

    /** One whose only feature has this name. */
    public static WindowReport report(String feature, int day, long rows, Verdict verdict, Score measured) {
        return new WindowReport(
                WATCHED,
                new TimeWindow(day(day), day(day + 1)),
                day(40),
                Optional.of(day(day).plusSeconds(60)),
                drift(feature, verdict, rows),
                drift("prediction", Verdict.STABLE, rows),
                Optional.empty(),
                new Quality(rows, rows / 2, List.of(measured), List.of(Score.of("roc_auc", 0.89))),
                List.of(new SliceQuality("shop", "(missing)", new Quality(3, 0, List.of(), List.of()))),
                List.of(new Score("roc_auc", 0.9, 0.89, 0.91)));
    }

    /** A stale source, and a test that fails. */
    public static Inputs inputs(String source) {
        return new Inputs(
                List.of(new SourceAge(source, day(3), Optional.of(day(0)), Duration.ofDays(2))),
                List.of(new TestReport(
                        source,
                        List.of(new TestReport.Result(
                                "not_null id",
                                true,
                                Action.WARN,
                                100,
                                4,
                                1,
                                TestReport.Outcome.BORNE,
                                Optional.empty())))));
    }

    static DriftReport drift(String column, Verdict verdict, long rows) {
        Distance withTest = new Distance(DriftMeasure.CHI_SQUARED, 0.2, 0.01, 0.15, OptionalDouble.of(1e-9));
        Distance shown = new Distance(DriftMeasure.JENSEN_SHANNON, 0.15, 0.01, 0.14, OptionalDouble.empty());
        Distance without = new Distance(DriftMeasure.WASSERSTEIN, 0.3, 0.02, 0.2, OptionalDouble.empty());
        return new DriftReport(
                1_000,
                rows,
                List.of(new ColumnDrift(
                        column,
                        verdict,
                        List.of("because"),
                        List.of(withTest, shown, without),
                        List.of(new ShareChange(Bin.Kind.NULL, 0, 0.05, 0.04)),
                        List.of(new Bin(Bin.Kind.RANGE, "0 to 1", 500, 300)))));
    }
}
