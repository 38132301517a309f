package io.trainyard.jobs.retrain;

import static io.trainyard.jobs.retrain.Evidence.CALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.trainyard.jobs.retrain.RetrainDecision.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetrainPolicyTest {
    private static final RetrainPolicy POLICY = new RetrainPolicy(
            EnumSet.allOf(Trigger.class),
            0.1,
            0.02,
            0.5,
            Duration.ofDays(90),
            Duration.ofDays(1),
            new RetrainPolicy.Labels(0.5, 100),
            new RetrainPolicy.Rollback(Duration.ofDays(7), 0.03));

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyBranchComesToItsAction(String what, Evidence evidence, Action action, List<String> reasons) {
        RetrainDecision decision = POLICY.decide(evidence.all());

        assertThat(decision.action()).isEqualTo(action);
        assertThat(decision.reasons()).containsExactlyElementsOf(reasons);
    }

    static Stream<Arguments> everyBranchComesToItsAction() {
        String fellTo85 = "roc_auc is 0.8500 (0.8400 to 0.8600), where it was 0.9000 on the test rows";
        String worse = fellTo85 + ": surely worse by more than 0.02";
        String returned = fellTo85 + ": surely worse by more than 0.03, within 7.000 days of its promotion";
        String unsure =
                "roc_auc is 0.8700 (0.8600 to 0.8800), where it was 0.9000 on the test rows: not surely worse by more than 0.02";
        String features =
                "drift of the features, weighted by importance (foremost amount) is 0.200, 0.200 more than usual (trained from 0.1 on, watched from half of it)";
        String hot = "not trained: the last training is 0.5000 days ago (cooldown 1.000 days)";
        String nothingNew = "not trained: there is no labelled row that it could not learn from";
        String many = "5,000 new labelled rows are 0.50 times the 10,000 it learned from (trained from 0.5 on)";
        return Stream.of(
                arguments("all is calm", CALM, Action.NOTHING, List.of("nothing is above its threshold")),
                arguments("features drifted", CALM.features(0.2), Action.RETRAIN, List.of(features)),
                arguments(
                        "features drifted half as much",
                        CALM.features(0.05),
                        Action.WATCH,
                        List.of(features.replace("0.200", "0.050"))),
                arguments(
                        "features drifted less",
                        CALM.features(0.049),
                        Action.NOTHING,
                        List.of("nothing is above its threshold")),
                arguments(
                        "features drifted as they always do",
                        CALM.features(0.2).usual(0.16),
                        Action.NOTHING,
                        List.of("nothing is above its threshold")),
                arguments(
                        "features drifted less than they always do",
                        CALM.features(0.2).usual(0.5),
                        Action.NOTHING,
                        List.of("nothing is above its threshold")),
                arguments(
                        "features drifted more than they always do",
                        CALM.features(0.2).usual(0.09),
                        Action.RETRAIN,
                        List.of(features.replace("0.200 more", "0.110 more"))),
                arguments(
                        "predictions drifted, and labels say that the metric holds",
                        CALM.predictions(0.2),
                        Action.WATCH,
                        List.of(
                                "drift of the predictions is 0.200, which the model followed, since roc_auc is 0.9000 (0.8900 to 0.9100), where it was 0.9000 on the test rows (trained from 0.1 on, watched from half of it)")),
                arguments(
                        "predictions drifted, and too few labels say that the metric holds",
                        CALM.with(Evidence.measured(0.9, 0.4, 1_000)).predictions(0.2),
                        Action.RETRAIN,
                        List.of("drift of the predictions is 0.200 (trained from 0.1 on, watched from half of it)")),
                arguments(
                        "predictions drifted, and the metric dropped, though not surely",
                        CALM.metric(0.87).predictions(0.2),
                        Action.RETRAIN,
                        List.of(
                                "drift of the predictions is 0.200 (trained from 0.1 on, watched from half of it)",
                                unsure)),
                arguments(
                        "features drifted, and the metric dropped, though not surely",
                        CALM.metric(0.87).features(0.2),
                        Action.RETRAIN,
                        List.of(features, unsure)),
                arguments(
                        "predictions drifted",
                        CALM.unlabelled().predictions(0.1),
                        Action.RETRAIN,
                        List.of("drift of the predictions is 0.100 (trained from 0.1 on, watched from half of it)")),
                arguments(
                        "labels drifted",
                        CALM.unlabelled().labels(0.3),
                        Action.RETRAIN,
                        List.of("drift of the labels is 0.300 (trained from 0.1 on, watched from half of it)")),
                arguments("the metric surely dropped", CALM.metric(0.85), Action.RETRAIN, List.of(worse)),
                arguments("the metric dropped by chance", CALM.metric(0.87), Action.WATCH, List.of(unsure)),
                arguments(
                        "the metric rose",
                        CALM.metric(0.99),
                        Action.NOTHING,
                        List.of("nothing is above its threshold")),
                arguments(
                        "the metric is expected to drop",
                        CALM.estimatedLoss(0.3),
                        Action.WATCH,
                        List.of(
                                "the predicted probabilities lead to expect a metric worse by 0.3000 (watched above 0.02; no label says so)")),
                arguments(
                        "the metric is expected to drop a little",
                        CALM.estimatedLoss(0.02),
                        Action.NOTHING,
                        List.of("nothing is above its threshold")),
                arguments("many rows are new", CALM.newRows(5_000), Action.RETRAIN, List.of(many)),
                arguments(
                        "fewer rows are new",
                        CALM.newRows(4_999),
                        Action.NOTHING,
                        List.of("nothing is above its threshold")),
                arguments(
                        "the model is old",
                        CALM.old(90),
                        Action.RETRAIN,
                        List.of("its newest row is 90.00 days old (trained from 90.00 days on)")),
                arguments("two things at once", CALM.metric(0.85).newRows(5_000), Action.RETRAIN, List.of(worse, many)),
                arguments(
                        "what is watched is told beside",
                        CALM.metric(0.87).newRows(5_000),
                        Action.RETRAIN,
                        List.of(many, unsure)),
                arguments(
                        "the last training is just over",
                        CALM.features(0.2).trained(12),
                        Action.WATCH,
                        List.of(features, hot)),
                arguments("the cooldown just ended", CALM.features(0.2).trained(24), Action.RETRAIN, List.of(features)),
                arguments(
                        "nothing to train for in the cooldown",
                        CALM.trained(12),
                        Action.NOTHING,
                        List.of("nothing is above its threshold")),
                arguments(
                        "nothing new to learn from",
                        CALM.features(0.2).newRows(0),
                        Action.WATCH,
                        List.of(features, nothingNew)),
                arguments(
                        "both hindrances",
                        CALM.features(0.2).newRows(0).trained(12),
                        Action.WATCH,
                        List.of(features, nothingNew, hot)),
                arguments(
                        "the metric surely dropped after a promotion",
                        CALM.metric(0.85).promoted(6),
                        Action.ROLLBACK,
                        List.of(returned)),
                arguments(
                        "a rollback comes before a training, a cooldown and a lack of rows",
                        CALM.metric(0.85).features(0.2).promoted(0).trained(0).newRows(0),
                        Action.ROLLBACK,
                        List.of(returned)),
                arguments("the promotion is long ago", CALM.metric(0.85).promoted(7), Action.RETRAIN, List.of(worse)),
                arguments(
                        "there is nothing to return to",
                        CALM.metric(0.85).promoted(6).first(),
                        Action.RETRAIN,
                        List.of(worse)),
                arguments(
                        "the drop does not suffice to return",
                        CALM.metric(0.862).promoted(6),
                        Action.RETRAIN,
                        List.of(
                                "roc_auc is 0.8620 (0.8520 to 0.8720), where it was 0.9000 on the test rows: surely worse by more than 0.02")));
    }

    @ParameterizedTest(name = "a share of {0}")
    @ValueSource(doubles = {0, 0.1, 0.499})
    void tooFewLabelsNeverDecideByTheMetric(double coverage) {
        for (Evidence evidence : List.of(CALM, CALM.promoted(1))) {
            assertThat(POLICY.decide(evidence.with(Evidence.measured(0.1, coverage, 1_000))
                                    .all())
                            .action())
                    .isEqualTo(Action.NOTHING);
            assertThat(POLICY.decide(
                                    evidence.with(Evidence.measured(0.1, 1, 99)).all())
                            .action())
                    .isEqualTo(Action.NOTHING);
        }
        assertThat(POLICY.decide(CALM.with(Evidence.measured(0.1, 0.5, 100)).all())
                        .action())
                .isEqualTo(Action.RETRAIN);
    }

    @Test
    void withoutAMeasuredMetricNothingIsDecidedByIt() {
        assertThat(POLICY.decide(CALM.with(MetricEvidence.NONE).promoted(1).all())
                        .action())
                .isEqualTo(Action.NOTHING);
    }

    @Test
    void whatIsNotAskedForLeadsToNothing() {
        Evidence everything = CALM.features(1).metric(0.1).newRows(1_000_000).old(1_000);
        for (Trigger trigger : Trigger.values()) {
            RetrainDecision decision = only(trigger).decide(everything.all());

            assertThat(decision.action()).isEqualTo(Action.RETRAIN);
            assertThat(decision.reasons()).as("by %s", trigger).hasSize(1);
        }
        assertThat(only(Trigger.AGE).decide(CALM.features(1).metric(0.1).all()).action())
                .isEqualTo(Action.NOTHING);
    }

    @Test
    void driftDecidesAloneWhereTheMetricIsNotAskedFor() {
        assertThat(only(Trigger.DRIFT).decide(CALM.predictions(0.2).all()).action())
                .isEqualTo(Action.RETRAIN);
    }

    @Test
    void aRollbackNeedsNoTrigger() {
        assertThat(only(Trigger.AGE).decide(CALM.metric(0.1).promoted(1).all()).action())
                .isEqualTo(Action.ROLLBACK);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void moreEvidenceNeverLeadsToAWeakerDecision(long seed) {
        Random random = new Random(seed);
        List<BiFunction<Evidence, Double, Evidence>> changes = List.of(
                Evidence::features,
                Evidence::predictions,
                Evidence::labels,
                (evidence, share) -> evidence.metric(1 - 0.3 * share),
                (evidence, share) -> evidence.newRows((long) (20_000 * share)),
                (evidence, share) -> evidence.old((int) (200 * share)),
                (evidence, share) -> evidence.estimatedLoss(0.1 * share));
        for (int i = 0; i < 100; i++) {
            Evidence any = anyEvidence(random, changes);
            for (BiFunction<Evidence, Double, Evidence> change : changes) {
                assertRising(share -> change.apply(any, share));
            }
        }
    }

    private static Evidence anyEvidence(Random random, List<BiFunction<Evidence, Double, Evidence>> changes) {
        Evidence evidence = CALM.promoted(random.nextInt(15)).trained(random.nextInt(48));
        for (BiFunction<Evidence, Double, Evidence> change : changes) {
            evidence = random.nextInt(3) == 0 ? change.apply(evidence, random.nextDouble()) : evidence;
        }
        return evidence;
    }

    private static void assertRising(DoubleFunction<Evidence> evidence) {
        List<Action> actions = new ArrayList<>();
        for (int percent = 0; percent <= 100; percent += 4) {
            actions.add(POLICY.decide(evidence.apply(percent / 100.0).all()).action());
        }
        assertThat(actions).isSorted();
    }

    private static RetrainPolicy only(Trigger trigger) {
        return new RetrainPolicy(
                Set.of(trigger),
                POLICY.drift(),
                POLICY.metricDrop(),
                POLICY.newRows(),
                POLICY.age(),
                POLICY.cooldown(),
                POLICY.labels(),
                POLICY.rollback());
    }

    @Test
    void thresholdsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> with(0, Duration.ofDays(1)))
                .hasMessage(
                        "Drift must be above 0 and at most 1, a drop of the metric 0 or more and new rows above 0, but they are 0.0, 0.02 and 0.5");
        assertThatThrownBy(() -> with(0.1, Duration.ZERO))
                .hasMessage("Age must be above 0 and cooldown 0 or more, but they are PT0S and PT24H");
        assertThatThrownBy(() -> new RetrainPolicy.Labels(1.1, 100))
                .hasMessage("Coverage must be from 0 to 1 and labelled rows 1 or more, but they are 1.1 and 100");
        assertThatThrownBy(() -> new RetrainPolicy.Rollback(Duration.ofDays(-1), 0))
                .hasMessage("A rollback needs a time and a drop of 0 or more, but they are PT-24H and 0.0");
    }

    private static RetrainPolicy with(double drift, Duration age) {
        return new RetrainPolicy(
                POLICY.on(), drift, 0.02, 0.5, age, POLICY.cooldown(), POLICY.labels(), POLICY.rollback());
    }
}
