package io.trainyard.tuning.pruner;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Fidelity;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** Trials that pruners are asked about. */
final class Histories {

    private static final SearchSpace SPACE = SearchSpace.of(FloatParameter.uniform("x", 0, 1));

    private Histories() {}

    static Problem problem(Direction direction, int steps) {
        return new Problem(SPACE, direction, 7).withFidelity(new Fidelity(steps));
    }

    static Trial pending(int number, SortedMap<Integer, Double> reports) {
        return new Trial(number, Params.empty(), reports, Optional.empty(), Instant.EPOCH, Optional.empty());
    }

    /** Reports at steps 1, 2 and so on. */
    static Trial pending(int number, double... reports) {
        return pending(number, bySteps(reports));
    }

    static Trial ended(int number, Outcome outcome, double... reports) {
        return new Trial(
                number,
                Params.empty(),
                bySteps(reports),
                Optional.of(outcome),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH));
    }

    /** Ended with the last report. */
    static Trial complete(int number, double... reports) {
        return ended(number, new Outcome.Complete(reports[reports.length - 1]), reports);
    }

    /** Trials in every state that a study has, and as far as each got, with a value for every step. */
    static History random(Random random, int steps, int trials, DoubleSupplier values) {
        List<Trial> finished = new ArrayList<>();
        List<Trial> pending = new ArrayList<>();
        for (int number = 0; number < trials; number++) {
            double[] whole = values(steps, values);
            double[] part = values(random.nextInt(steps), values);
            switch (random.nextInt(4)) {
                case 0 -> finished.add(ended(number, new Outcome.Complete(values.getAsDouble()), whole));
                case 1 -> finished.add(ended(number, new Outcome.Pruned(part.length, values.getAsDouble()), part));
                case 2 -> finished.add(ended(number, new Outcome.Failed("out of memory"), part));
                default -> pending.add(pending(number, part));
            }
        }
        return new History(finished, pending);
    }

    static double[] values(int count, DoubleSupplier values) {
        double[] drawn = new double[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = values.getAsDouble();
        }
        return drawn;
    }

    private static SortedMap<Integer, Double> bySteps(double... reports) {
        SortedMap<Integer, Double> steps = new TreeMap<>();
        for (int i = 0; i < reports.length; i++) {
            steps.put(i + 1, reports[i]);
        }
        return steps;
    }
}
