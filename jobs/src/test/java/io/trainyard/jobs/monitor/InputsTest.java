package io.trainyard.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trainyard.features.profile.Verdict;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.quality.TestReport.Outcome;
import io.trainyard.features.quality.TestReport.Result;
import io.trainyard.features.view.Test.Action;
import io.trainyard.jobs.monitor.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputsTest {
    private static final Instant NOW = Instant.parse("2026-03-05T06:00:00Z");
    private static final Duration LIMIT = Duration.ofDays(2);

    @Test
    void aSourceIsStaleOnceItsNewestRowIsOlderThanTheLimit() {
        assertThat(age(Optional.of(NOW.minus(LIMIT))).stale()).isFalse();
        assertThat(age(Optional.of(NOW.minus(LIMIT).minusNanos(1))).stale()).isTrue();
        assertThat(age(Optional.empty()).stale()).isTrue();
        assertThat(new Inputs(List.of(age(Optional.of(Instant.parse("2026-03-01T00:00:00Z")))), List.of()).findings())
                .singleElement()
                .isEqualTo(
                        new Finding(
                                Kind.FRESHNESS,
                                "visits",
                                Verdict.DRIFTED,
                                List.of(
                                        "stale: the newest row is of 2026-03-01T00:00:00Z, 4 days 6 hours before 2026-03-05T06:00:00Z, where 2 days are borne")));
        assertThat(new Inputs(List.of(age(Optional.empty())), List.of())
                        .findings()
                        .get(0)
                        .reasons())
                .containsExactly("stale: no row is known by 2026-03-05T06:00:00Z");
    }

    private static SourceAge age(Optional<Instant> newest) {
        return new SourceAge("visits", NOW, newest, LIMIT);
    }

    @Test
    void aTestThatFailsIsFoundAndMoreThanALookWhereNobodyLeftTheRowsOut() {
        TestReport report = new TestReport(
                "visits",
                List.of(
                        result("not_null id", true, Action.WARN, 0),
                        result("range amount min 0", true, Action.WARN, 3),
                        result("unique id", true, Action.QUARANTINE, 2),
                        result("row_count max 5", false, Action.WARN, 10),
                        result("freshness PT48H", false, Action.WARN, 10)));

        assertThat(new Inputs(List.of(), List.of(report)).findings())
                .extracting(
                        Finding::name,
                        Finding::verdict,
                        finding -> finding.reasons().get(0))
                .containsExactly(
                        tuple(
                                "test visits: range amount min 0",
                                Verdict.DRIFTED,
                                "3 of 10 rows fail, and are used all the same"),
                        tuple("test visits: unique id", Verdict.WATCH, "2 of 10 rows fail, and are in quarantine"),
                        tuple("test visits: row_count max 5", Verdict.DRIFTED, "it does not hold: there is 10 rows"));
    }

    private static Result result(String test, boolean ofRows, Action action, long failed) {
        return new Result(
                test,
                ofRows,
                action,
                10,
                failed,
                1,
                failed == 0 ? Outcome.PASSED : Outcome.BORNE,
                Optional.of("10 rows"));
    }
}
