package io.trainyard.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding.Kind;
import io.trainyard.registry.Score;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingRulesTest {
    private static final FindingRules RULES = new FindingRules("roc_auc", true, 0.02);

    @Test
    void aStableWindowFindsNothing() {
        assertThat(RULES.of(List.of(Reports.calm(0, 100)))).isEmpty();
    }

    @Test
    void columnsThatAreNotStableAreFound() {
        assertThat(RULES.of(List.of(Reports.report(0, 100, Verdict.WATCH, new Score("roc_auc", 0.9, 0.88, 0.92)))))
                .containsExactly(new Finding(Kind.FEATURE, "amount", Verdict.WATCH, List.of("because")));
    }

    @Test
    void aMetricHasDroppedWhereTheIntervalsLeaveNoDoubt() {
        assertThat(metric(RULES, new Score("roc_auc", 0.85, 0.84, 0.86)))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.DRIFTED);
        assertThat(metric(RULES, new Score("roc_auc", 0.85, 0.80, 0.90)))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.WATCH);
        assertThat(metric(RULES, new Score("roc_auc", 0.885, 0.88, 0.89))).isEmpty();
        assertThat(metric(RULES, new Score("roc_auc", 0.99, 0.98, 1.0))).isEmpty();
    }

    @Test
    void aLossHasDroppedWhereItRose() {
        FindingRules rules = new FindingRules("roc_auc", false, 0.02);

        assertThat(metric(rules, new Score("roc_auc", 0.95, 0.94, 0.96)))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.DRIFTED);
        assertThat(metric(rules, new Score("roc_auc", 0.85, 0.84, 0.86))).isEmpty();
    }

    @Test
    void aMetricWithoutAValueIsNotJudged() {
        assertThat(metric(RULES, Score.of("roc_auc", Double.NaN))).isEmpty();
    }

    @Test
    void rowsAreHeldToTheMedianOfTheWindowsBefore() {
        List<WindowReport> windows = new ArrayList<>();
        windows.add(Reports.calm(0, 100));
        windows.add(Reports.calm(1, 110));
        windows.add(Reports.calm(2, 40));
        assertThat(RULES.of(windows)).as("too few windows to say what is usual").isEmpty();

        windows.add(Reports.calm(3, 40));
        assertThat(RULES.of(windows))
                .extracting(Finding::kind, Finding::verdict)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.VOLUME, Verdict.WATCH));

        windows.set(3, Reports.calm(3, 9));
        assertThat(RULES.of(windows)).extracting(Finding::verdict).containsExactly(Verdict.DRIFTED);
    }

    @Test
    void aWindowWithoutRowsIsAlwaysFound() {
        assertThat(RULES.of(List.of(Reports.calm(0, 0))))
                .extracting(Finding::reasons)
                .contains(List.of("no rows"));
    }

    private static List<Finding> metric(FindingRules rules, Score measured) {
        return rules.of(List.of(Reports.report(0, 100, Verdict.STABLE, measured)));
    }
}
