package io.trainyard.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.jobs.monitor.MetricDrop;
import io.trainyard.jobs.monitor.TimeWindow;
import io.trainyard.jobs.retrain.BacktestReport.Period;
import io.trainyard.jobs.retrain.BacktestReport.Result;
import io.trainyard.jobs.retrain.DriftEvidence.MovedFeature;
import io.trainyard.jobs.retrain.RetrainDecision.Action;
import io.trainyard.registry.Score;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PERIODS = 12;

    private static Instant day(int number) {
        return START.plus(number, ChronoUnit.DAYS);
    }

    private static List<TimeWindow> days() {
        return IntStream.range(0, PERIODS)
                .mapToObj(day -> new TimeWindow(day(day), day(day + 1)))
                .toList();
    }

    /** Models are the moments that they were fitted at. Each moment of drift that came since costs a tenth of the metric. */
    private static final class SimulatedWorld implements BacktestWorld<Instant> {
        private final List<Integer> driftBefore;
        private final boolean driftIsSeen;
        private final List<Instant> fitted = new ArrayList<>();
        private Optional<Instant> bad = Optional.empty();
        private double coverage = 1;

        SimulatedWorld(boolean driftIsSeen, Integer... driftBefore) {
            this.driftIsSeen = driftIsSeen;
            this.driftBefore = List.of(driftBefore);
        }

        @Override
        public Instant fit(Instant by) {
            fitted.add(by);
            return by;
        }

        @Override
        public long trainedRows(Instant model) {
            return 1_000;
        }

        @Override
        public long labelledRows(Instant by) {
            return 1_000 + 100 * ChronoUnit.DAYS.between(START, by);
        }

        private long moved(Instant model, TimeWindow period) {
            return driftBefore.stream()
                    .map(BacktestTest::day)
                    .filter(moment -> !moment.isBefore(model) && !moment.isAfter(period.from()))
                    .count();
        }

        @Override
        public double score(Instant model, TimeWindow period) {
            return 0.9 - 0.1 * moved(model, period) - (bad.filter(model::equals).isPresent() ? 0.3 : 0);
        }

        @Override
        public Seen look(Instant model, TimeWindow period) {
            double score = score(model, period);
            double moved = driftIsSeen ? 0.3 * Math.min(1, moved(model, period)) : 0;
            return new Seen(
                    new DriftEvidence(List.of(new MovedFeature("x", 1, moved)), 0, 0, 0),
                    new MetricEvidence(
                            Optional.of(new MetricDrop(
                                    Score.of("auc", 0.9), new Score("auc", score, score - 0.01, score + 0.01), true)),
                            coverage,
                            500,
                            OptionalDouble.empty()));
        }
    }

    private static BacktestReport run(SimulatedWorld world) {
        return new Backtest<>(world, RetrainPolicy.STANDARD, days()).run("auc");
    }

    private static List<Integer> trainedAfter(Result result) {
        List<Integer> days = new ArrayList<>();
        for (int day = 0; day < result.periods().size(); day++) {
            Optional<RetrainDecision> decision = result.periods().get(day).decision();
            if (decision.filter(made -> made.action() == Action.RETRAIN).isPresent()) {
                days.add(day);
            }
        }
        return days;
    }

    @Test
    void thePolicyTrainsAfterThePeriodsThatDrifted() {
        BacktestReport report = run(new SimulatedWorld(true, 1, 10));

        assertThat(report.of(Strategy.NEVER).trainings()).isZero();
        assertThat(report.of(Strategy.ALWAYS).trainings()).isEqualTo(PERIODS - 1);
        assertThat(trainedAfter(report.of(Strategy.POLICY))).containsExactly(1, 10);
        assertThat(report.of(Strategy.POLICY).trainings()).isEqualTo(2);
        assertThat(report.of(Strategy.NEVER).mean()).isCloseTo((1 * 0.9 + 9 * 0.8 + 2 * 0.7) / 12, within(1e-9));
        assertThat(report.of(Strategy.ALWAYS).mean()).isCloseTo((10 * 0.9 + 2 * 0.8) / 12, within(1e-9));
        assertThat(report.of(Strategy.POLICY).mean())
                .isEqualTo(report.of(Strategy.ALWAYS).mean());
        assertThat(report.share(true)).hasValue(1);
    }

    @Test
    void aDropThatNoFeatureShowsIsSeenByLabels() {
        BacktestReport report = run(new SimulatedWorld(false, 5));

        assertThat(trainedAfter(report.of(Strategy.POLICY))).containsExactly(5);
        assertThat(report.of(Strategy.POLICY)
                        .periods()
                        .get(5)
                        .decision()
                        .orElseThrow()
                        .reasons())
                .first()
                .asString()
                .startsWith("auc is 0.8000 (0.7900 to 0.8100), where it was 0.9000");
    }

    @Test
    void aDropThatNeitherFeaturesNorLabelsShowIsNotSeen() {
        SimulatedWorld world = new SimulatedWorld(false, 5);
        world.coverage = 0.1;

        assertThat(run(world).of(Strategy.POLICY).trainings()).isZero();
        assertThat(run(world).share(true)).hasValue(0);
    }

    @Test
    void withoutDriftThePolicyNeverTrainsAndTheShareIsOfNothing() {
        BacktestReport report = run(new SimulatedWorld(true));

        assertThat(report.of(Strategy.POLICY).trainings()).isZero();
        assertThat(report.share(true)).isEmpty();
    }

    @Test
    void aVersionThatIsBadFromTheStartIsReturnedFrom() {
        SimulatedWorld world = new SimulatedWorld(true, 3);
        world.bad = Optional.of(day(4));

        Result policy = run(world).of(Strategy.POLICY);

        assertThat(policy.rollbacks()).isEqualTo(1);
        assertThat(policy.periods())
                .extracting(Period::fitted)
                .containsExactly(
                        day(0), day(0), day(0), day(0), day(4), day(0), day(6), day(6), day(6), day(6), day(6), day(6));
        assertThat(policy.periods().get(4).decision().orElseThrow().action()).isEqualTo(Action.ROLLBACK);
    }

    @Test
    void aModelIsFittedOnceForAllStrategies() {
        SimulatedWorld world = new SimulatedWorld(true, 1, 10);

        run(world);

        assertThat(world.fitted).doesNotHaveDuplicates().hasSize(PERIODS);
    }

    @Test
    void theDecisionKnowsTimesAndCounts() {
        RetrainPolicy byAge = new RetrainPolicy(
                Set.of(Trigger.AGE, Trigger.NEW_ROWS),
                0.1,
                0.02,
                0.4,
                Duration.ofDays(5),
                Duration.ofDays(1),
                RetrainPolicy.STANDARD.labels(),
                RetrainPolicy.STANDARD.rollback());

        Result policy = new Backtest<>(new SimulatedWorld(true), byAge, days())
                .run("auc")
                .of(Strategy.POLICY);

        assertThat(trainedAfter(policy)).as("every 400 rows").containsExactly(3, 7);
        assertThat(policy.periods().get(3).decision().orElseThrow().reasons())
                .containsExactly(
                        "400 new labelled rows are 0.40 times the 1,000 it learned from (trained from 0.4 on)");
    }

    @Test
    void nothingIsDecidedAfterTheLastPeriod() {
        assertThat(run(new SimulatedWorld(true, 11))
                        .of(Strategy.POLICY)
                        .periods()
                        .get(11)
                        .decision())
                .isEmpty();
    }

    @Test
    void aShareIsOfGainsWhicheverDirectionIsBetter() {
        BacktestReport report = new BacktestReport(
                "log_loss",
                List.of(result(Strategy.NEVER, 0.8), result(Strategy.ALWAYS, 0.4), result(Strategy.POLICY, 0.5)));

        assertThat(report.share(false).orElseThrow()).isCloseTo(0.75, within(1e-9));
        assertThat(report.share(true)).isEmpty();
    }

    @Test
    void aPeriodWithoutAScoreDoesNotCount() {
        assertThat(result(Strategy.NEVER, 0.8, Double.NaN, 0.6).mean()).isCloseTo(0.7, within(1e-9));
        assertThat(result(Strategy.NEVER, Double.NaN).mean()).isNaN();
    }

    private static Result result(Strategy strategy, double... scores) {
        return new Result(
                strategy,
                0,
                0,
                IntStream.range(0, scores.length)
                        .mapToObj(day -> new Period(days().get(day), START, scores[day], Optional.empty()))
                        .toList());
    }

    @Test
    void periodsWithGapsAreRefused() {
        List<TimeWindow> days = days();
        assertThatThrownBy(() -> new Backtest<>(
                        new SimulatedWorld(true), RetrainPolicy.STANDARD, List.of(days.get(0), days.get(2))))
                .hasMessageContaining("does not begin where")
                .hasMessageContaining("2026-01-03T00:00:00Z");
        assertThatThrownBy(() -> new Backtest<>(new SimulatedWorld(true), RetrainPolicy.STANDARD, List.of()))
                .hasMessage("A backtest needs a period at least: there is none");
    }
}
