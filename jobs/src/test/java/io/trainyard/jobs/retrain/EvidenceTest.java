package io.trainyard.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.Distance;
import io.trainyard.features.profile.DriftMeasure;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Quality;
import io.trainyard.jobs.retrain.DriftEvidence.MovedFeature;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.Score;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final double NAN = Double.NaN;

    @Test
    void driftOfFeaturesCountsByWhatTheModelMakesOfThem() {
        DriftReport features = report(moved("amount", 0.2), moved("shop", 0.8), moved("ignored", 1));

        DriftEvidence evidence = DriftEvidence.of(
                features,
                Map.of("amount", 0.75, "shop", 0.25),
                Optional.of(report(moved("amount", 0.1), moved("shop", 0.1))),
                report(moved("prediction", 0.3)),
                Optional.of(report(moved("label", 0.4))));

        assertThat(evidence.weighted()).isCloseTo(0.35, within(1e-12));
        assertThat(evidence.features())
                .containsExactly(new MovedFeature("shop", 0.25, 0.8), new MovedFeature("amount", 0.75, 0.2));
        assertThat(evidence.usual()).isCloseTo(0.1, within(1e-12));
        assertThat(evidence.unusual()).isCloseTo(0.25, within(1e-12));
        assertThat(evidence.predictions()).isEqualTo(0.3);
        assertThat(evidence.labels()).isEqualTo(0.4);
    }

    @Test
    void aColumnThatCannotBeComparedHasMovedByOne() {
        ColumnDrift missing = new ColumnDrift(
                "shop", Verdict.DRIFTED, List.of("the column is missing"), List.of(), List.of(), List.of());
        ColumnDrift few =
                new ColumnDrift("amount", Verdict.STABLE, List.of("not judged"), List.of(), List.of(), List.of());

        DriftEvidence evidence = DriftEvidence.of(
                report(missing, few), Map.of("amount", 0.5, "shop", 0.5), Optional.empty(), report(), Optional.empty());

        assertThat(evidence.weighted()).isEqualTo(0.5);
        assertThat(evidence.unusual()).isEqualTo(0.5);
        assertThat(evidence.predictions()).isZero();
        assertThat(evidence.labels()).isZero();
    }

    @Test
    void weightsAreSharesOfContributions() {
        assertThat(FeatureWeights.of(
                        List.of(
                                new FeatureImportance("shop=a", 0.9, 1, NAN),
                                new FeatureImportance("shop=b", 0.05, 2, NAN),
                                new FeatureImportance("amount", 0.05, 1, NAN)),
                        column -> column.replaceAll("=.*", "")))
                .isEqualTo(Map.of("shop", 0.75, "amount", 0.25));
    }

    @Test
    void weightsAreSharesOfGainWithoutContributions() {
        assertThat(FeatureWeights.of(
                        List.of(
                                new FeatureImportance("shop", 3, NAN, NAN),
                                new FeatureImportance("amount", 1, NAN, NAN)),
                        column -> column))
                .isEqualTo(Map.of("shop", 0.75, "amount", 0.25));
    }

    @Test
    void weightsAreSharesOfTheLossByPermutationWithoutGain() {
        assertThat(FeatureWeights.of(
                        List.of(
                                new FeatureImportance("shop", NAN, NAN, 0.3),
                                new FeatureImportance("amount", NAN, NAN, 0.1),
                                new FeatureImportance("noise", NAN, NAN, -0.2)),
                        column -> column))
                .isEqualTo(Map.of("shop", 0.3 / 0.4, "amount", 0.1 / 0.4, "noise", 0.0));
    }

    @Test
    void weightsAreEqualWhereNothingIsKnown() {
        assertThat(FeatureWeights.of(
                        List.of(
                                new FeatureImportance("shop", 0, NAN, NAN),
                                new FeatureImportance("amount", NAN, 0, NAN)),
                        column -> column))
                .isEqualTo(Map.of("shop", 0.5, "amount", 0.5));
        assertThat(FeatureWeights.of(List.of(), column -> column)).isEmpty();
    }

    @Test
    void theMetricIsReadOffAWindowAndTheTest() {
        Quality quality = new Quality(
                200, 50, List.of(new Score("log_loss", 0.5, 0.4, 0.6)), List.of(Score.of("log_loss", 0.35)));

        MetricEvidence evidence =
                MetricEvidence.of("log_loss", false, quality, List.of(new Score("log_loss", 0.3, 0.28, 0.31)));

        assertThat(evidence.coverage()).isEqualTo(0.25);
        assertThat(evidence.labelled()).isEqualTo(50);
        assertThat(evidence.drop().orElseThrow().value()).isCloseTo(0.2, within(1e-12));
        assertThat(evidence.drop().orElseThrow().sure()).isCloseTo(0.2 - Math.hypot(0.1, 0.01), within(1e-12));
        assertThat(evidence.estimatedLoss().orElseThrow()).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void scoresThatAreMissingOrUndefinedSayNothing() {
        Quality undefined = new Quality(0, 0, List.of(Score.of("roc_auc", NAN)), List.of(Score.of("roc_auc", NAN)));

        assertThat(MetricEvidence.of("roc_auc", true, undefined, List.of(Score.of("roc_auc", 0.9))))
                .isEqualTo(new MetricEvidence(Optional.empty(), 0, 0, OptionalDouble.empty()));
        assertThat(MetricEvidence.of(
                                "roc_auc",
                                true,
                                new Quality(1, 1, List.of(new Score("roc_auc", 0.9, 0.8, 1)), List.of()),
                                List.of())
                        .drop())
                .isEmpty();
    }

    @Test
    void evidenceThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new DriftEvidence(List.of(), 0, 1.5, 0))
                .hasMessage("The drift of predictions must be from 0 to 1, but is 1.5");
        assertThatThrownBy(() -> new MovedFeature("shop", NAN, 0))
                .hasMessage("The weight of feature 'shop' must be from 0 to 1, but is NaN");
        assertThatThrownBy(() -> new MetricEvidence(Optional.empty(), 2, 0, OptionalDouble.empty()))
                .hasMessage(
                        "The labelled share must be from 0 to 1 and the labelled rows 0 or more, but are 2.0 and 0");
        assertThatThrownBy(() -> new ChampionEvidence(Duration.ofDays(-1), Duration.ZERO, Duration.ZERO, 1, 0, false))
                .hasMessage(
                        "A model is not from the future, but its age is PT-24H, its promotion PT0S and its training PT0S ago: decide as of a later time");
        assertThatThrownBy(() -> new ChampionEvidence(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, false))
                .hasMessage("A model learned from 1 row at least, and new rows are 0 at least, but there are 0 and 0");
        assertThatThrownBy(() -> new RetrainDecision(RetrainDecision.Action.WATCH, List.of()))
                .hasMessage("The decision WATCH has no reason: give one");
    }

    private static DriftReport report(ColumnDrift... columns) {
        return new DriftReport(1_000, 1_000, List.of(columns));
    }

    private static ColumnDrift moved(String column, double lower) {
        return new ColumnDrift(
                column,
                Verdict.WATCH,
                List.of("because"),
                List.of(new Distance(
                        DriftMeasure.JENSEN_SHANNON, Math.min(1, lower + 0.1), 0.1, lower, OptionalDouble.empty())),
                List.of(),
                List.of());
    }
}
