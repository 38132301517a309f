package io.trainyard.tuning.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.ensemble.Selection.Chosen;
import io.trainyard.tuning.ensemble.Selection.Fold;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Groups;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final TrialSettings RMSE = new TrialSettings(Task.REGRESSION, 0, Metric.RMSE, 10, 0, 1);
    private static final double[] LABEL = {0, 0, 0, 0};

    /** Errors of the first two cancel three to one; the third is best alone, and adds nothing. */
    @Test
    void findsTheMeanThatIsBest() {
        Chosen chosen =
                choose(RMSE, fold(LABEL, new double[][] {{1, -1, 1, -1}, {-3, 3, -3, 3}, {0.9, 0.9, 0.9, 0.9}}));

        assertThat(chosen.best()).isEqualTo(0.9);
        assertThat(chosen.value()).isLessThan(0.5);
        assertThat(chosen.weight(0) / chosen.weight(1)).isCloseTo(3, within(0.5));
    }

    @Test
    void takesOneAloneWhereNoMeanIsBetter() {
        Chosen chosen = choose(RMSE, fold(LABEL, new double[][] {{2, 2, 2, 2}, {1, 1, 1, 1}, {3, 3, 3, 3}}));

        assertThat(chosen.counts()).containsExactly(0, 1, 0);
        assertThat(chosen.members()).isEqualTo(1);
        assertThat(chosen.value()).isEqualTo(chosen.best()).isEqualTo(1);
    }

    @Test
    void judgesByTheMeanOverTheFolds() {
        Fold one = fold(LABEL, new double[][] {{0, 0, 0, 0}, {2, 2, 2, 2}});
        Fold other = fold(LABEL, new double[][] {{5, 5, 5, 5}, {2, 2, 2, 2}});

        Chosen chosen = new Selection(RMSE, List.of(one, other)).choose(1);

        assertThat(chosen.counts()).containsExactly(0, 1);
        assertThat(chosen.value()).isEqualTo(2);
    }

    @Test
    void aCandidateWithoutAValueIsWorseThanAnyOther() {
        double[] nothing = {Double.NaN, 0, 0, 0};

        assertThat(choose(RMSE, fold(LABEL, new double[][] {nothing, {3, 3, 3, 3}, nothing}))
                        .counts())
                .containsExactly(0, 1, 0);
    }

    @Test
    void marginsBecomeProbabilitiesBeforeTheyAreJudged() {
        TrialSettings binary = new TrialSettings(Task.BINARY, 2, Metric.BRIER, 10, 0, 1);
        Fold fold =
                new Fold(new double[] {1, 0}, new double[] {1, 3}, Groups.NONE, List.of(new double[] {0, Math.log(3)}));

        assertThat(new Selection(binary, List.of(fold)).choose(1).value())
                .as("a quarter of 0.5² and three quarters of 0.75²")
                .isCloseTo(0.25 * 0.25 + 0.75 * 0.5625, within(1e-12));

        TrialSettings classes = new TrialSettings(Task.MULTICLASS, 3, Metric.LOG_LOSS, 10, 0, 1);
        Fold three = new Fold(new double[] {2}, new double[] {1}, Groups.NONE, List.of(new double[] {
            1000, 1000 + Math.log(2), 1000 + Math.log(3)
        }));
        assertThat(new Selection(classes, List.of(three)).choose(1).value()).isCloseTo(Math.log(2), within(1e-12));
    }

    private static Chosen choose(TrialSettings settings, Fold fold) {
        return new Selection(settings, List.of(fold)).choose(25);
    }

    private static Fold fold(double[] label, double[][] margins) {
        double[] weight = new double[label.length];
        Arrays.fill(weight, 1);
        return new Fold(label, weight, Groups.NONE, List.of(margins));
    }
}
