package io.trainyard.jobs.retrain;

import io.trainyard.jobs.monitor.TimeWindow;
import io.trainyard.jobs.retrain.BacktestReport.Period;
import io.trainyard.jobs.retrain.BacktestReport.Result;
import io.trainyard.jobs.retrain.RetrainDecision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replays the past with every {@link Strategy}: the model at work is judged on a period, and at its end, knowing only what was known then, it
 * is decided which model works in the next. A model is fitted once, whoever asks for it.
 *
 * @param <M> a fitted model
 */
public final class Backtest<M> {
    private final BacktestWorld<M> world;
    private final RetrainPolicy policy;
    private final List<TimeWindow> periods;
    private final Map<Instant, M> models = new HashMap<>();

    /** @param periods in the order of time, without gaps; the first model is fitted as of the start of the first one */
    public Backtest(BacktestWorld<M> world, RetrainPolicy policy, List<TimeWindow> periods) {
        this.world = world;
        this.policy = policy;
        this.periods = List.copyOf(periods);
        if (periods.isEmpty()) {
            throw new IllegalArgumentException("A backtest needs a period at least: there is none");
        }
        for (int i = 1; i < periods.size(); i++) {
            if (!periods.get(i).from().equals(periods.get(i - 1).to())) {
                throw new IllegalArgumentException("Period %s does not begin where %s ends: leave no gap"
                        .formatted(periods.get(i), periods.get(i - 1)));
            }
        }
    }

    /** @param metric the score's name */
    public BacktestReport run(String metric) {
        List<Result> results = new ArrayList<>();
        for (Strategy strategy : Strategy.values()) {
            results.add(run(strategy));
        }
        return new BacktestReport(metric, results);
    }

    private Result run(Strategy strategy) {
        Course course = new Course(periods.get(0).from());
        List<Period> judged = new ArrayList<>();
        for (int i = 0; i < periods.size(); i++) {
            TimeWindow period = periods.get(i);
            Instant fitted = course.fitted();
            double score = world.score(model(fitted), period);
            boolean last = i == periods.size() - 1;
            Optional<RetrainDecision> decision =
                    strategy == Strategy.POLICY && !last ? Optional.of(decide(course, period)) : Optional.empty();
            judged.add(new Period(period, fitted, score, decision));
            if (!last) {
                course.apply(action(strategy, decision), period.to());
            }
        }
        return new Result(strategy, course.trainings, course.rollbacks, judged);
    }

    private static Action action(Strategy strategy, Optional<RetrainDecision> decision) {
        return switch (strategy) {
            case NEVER -> Action.NOTHING;
            case ALWAYS -> Action.RETRAIN;
            case POLICY -> decision.orElseThrow().action();
        };
    }

    private M model(Instant by) {
        M known = models.get(by);
        if (known == null) {
            known = world.fit(by);
            models.put(by, known);
        }
        return known;
    }

    private RetrainDecision decide(Course course, TimeWindow period) {
        M model = model(course.fitted());
        BacktestWorld.Seen seen = world.look(model, period);
        long fresh = world.labelledRows(period.to()) - world.labelledRows(course.fitted());
        return policy.decide(new RetrainEvidence(
                seen.drift(),
                seen.metric(),
                course.champion(period.to(), world.trainedRows(model), Math.max(0, fresh))));
    }

    /** The versions of one strategy: what works, what worked before it, and when that came about. */
    private static final class Course {
        private final Deque<Instant> versions = new ArrayDeque<>();
        private Instant promoted;
        private Instant trained;
        private int trainings;
        private int rollbacks;

        Course(Instant first) {
            versions.push(first);
            promoted = first;
            trained = first;
        }

        /** As of when the model at work was fitted. */
        Instant fitted() {
            return versions.getFirst();
        }

        ChampionEvidence champion(Instant now, long trainedRows, long newRows) {
            return new ChampionEvidence(
                    Duration.between(fitted(), now),
                    Duration.between(promoted, now),
                    Duration.between(trained, now),
                    trainedRows,
                    newRows,
                    versions.size() > 1);
        }

        void apply(Action action, Instant now) {
            switch (action) {
                case NOTHING, WATCH -> {}
                case RETRAIN -> {
                    versions.push(now);
                    promoted = now;
                    trained = now;
                    trainings++;
                }
                case ROLLBACK -> {
                    versions.pop();
                    promoted = now;
                    rollbacks++;
                }
            }
        }
    }
}
