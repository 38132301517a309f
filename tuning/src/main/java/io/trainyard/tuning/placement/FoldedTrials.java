package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting.Judged;
import io.trainyard.tuning.learner.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Trials over several folds. A trial that goes on is known by what it came to in the folds before; what a driver that resumes a study
 * does not know is fitted again, to the same values.
 */
final class FoldedTrials {
    private final TrialSettings settings;
    private final FoldPlan plan;
    private final FoldGate gate = new FoldGate();
    private final Map<Integer, List<Judged>> onTheirWay = new ConcurrentHashMap<>();

    FoldedTrials(TrialSettings settings, FoldPlan plan) {
        this.settings = settings;
        this.plan = plan;
    }

    /** Fits a configuration on the training rows of a fold, and judges it on the validation rows. */
    @FunctionalInterface
    interface Fold {
        Judged judge(int fold) throws InterruptedException;
    }

    /** What the last fold came to, or, once all are through, their mean. */
    Placement.Progress advance(TrialStretch stretch, Fold fold) throws InterruptedException {
        int passed = stretch.passed().size();
        List<Judged> known =
                new ArrayList<>(passed == 0 ? List.of() : onTheirWay.getOrDefault(stretch.number(), List.of()));
        while (known.size() < plan.until(stretch.until())) {
            known.add(judged(known.size(), fold));
        }
        if (known.size() == plan.folds()) {
            return new Placement.Progress(mean(known), true);
        }
        onTheirWay.put(stretch.number(), List.copyOf(known));
        return new Placement.Progress(known.get(known.size() - 1), false);
    }

    void forget(int trial) {
        onTheirWay.remove(trial);
    }

    private Judged judged(int number, Fold fold) throws InterruptedException {
        if (!plan.oneAtATime()) {
            return defined(fold.judge(number), number);
        }
        gate.enter(number);
        try {
            return defined(fold.judge(number), number);
        } finally {
            gate.leave();
        }
    }

    private Judged defined(Judged judged, int fold) {
        return Judgement.defined(settings, judged, " of fold " + fold);
    }

    /** The mean over the folds of each metric, and of the best number of rounds. */
    private static Judged mean(List<Judged> folds) {
        int metrics = folds.get(0).values().size();
        List<Double> values = IntStream.range(0, metrics)
                .mapToObj(metric -> average(
                        folds.stream().map(fold -> fold.values().get(metric)).toList()))
                .toList();
        double rounds =
                average(folds.stream().map(fold -> (double) fold.rounds()).toList());
        return new Judged(
                values,
                (int) Math.round(rounds),
                folds.stream().mapToInt(Judged::trained).sum());
    }

    /** In this order: the JDK does not promise how its streams add. */
    private static double average(List<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.size();
    }
}
