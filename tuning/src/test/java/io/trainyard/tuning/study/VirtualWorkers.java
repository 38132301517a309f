package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Workers that run a study's trials side by side in virtual time. A trial's value at a step is that of a curve, and every trial has its
 * own speed, so that slices end in another order than they begin.
 *
 * @param trials at once
 */
record VirtualWorkers(int trials) {

    /** The value that a configuration has after so many steps. */
    @FunctionalInterface
    interface Curve {
        double value(Params params, int step);
    }

    private record Slice(Trial trial, int step, double end) {}

    /** Runs the study to its end, and returns how many steps all its trials took together. */
    long run(Study study, int steps, Curve curve) throws InterruptedException {
        Queue<Slice> running = new PriorityQueue<>(Comparator.comparingDouble(Slice::end)
                .thenComparingInt(slice -> slice.trial().number()));
        long cost = 0;
        hire(study, running, 0);
        while (!running.isEmpty()) {
            Slice slice = running.remove();
            int number = slice.trial().number();
            double value = curve.value(slice.trial().params(), slice.step());
            cost += slice.step() - slice.trial().step();
            Decision decision = study.report(number, slice.step(), value);
            if (slice.step() == steps) {
                study.tell(number, new Outcome.Complete(value));
            } else if (decision == Decision.GO_ON) {
                running.add(slice(study, slice.trial().reporting(slice.step(), value), slice.end()));
            }
            hire(study, running, slice.end());
        }
        return cost;
    }

    private void hire(Study study, Queue<Slice> running, double now) throws InterruptedException {
        while (running.size() < trials && !study.blocks()) {
            Optional<Trial> next = study.next();
            if (next.isEmpty()) {
                return;
            }
            running.add(slice(study, next.get(), now));
        }
    }

    private static Slice slice(Study study, Trial trial, double start) {
        int step = study.nextStep(trial.number());
        double speed = 1 + trial.params().hashCode() % 7 / 10.0;
        return new Slice(trial, step, start + (step - trial.step()) / speed);
    }
}
