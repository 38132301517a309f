package io.trainyard.jobs.bench;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * A study in simulated time: each trial takes a log-normal time, and a new one is asked for as soon as one ends.
 *
 * @param trials of a study
 * @param workers trials at once
 */
record SimulatedStudy(int trials, int workers) {

    private record Running(double end, Trial trial) {}

    /** The true loss of the trial whose told value is best, the function's minimum being 0. */
    double regret(SearchFunction function, Sampler sampler, long seed) {
        Random random = new Random(seed);
        Problem problem = new Problem(function.space(), Direction.MINIMIZE, seed);
        TreeMap<Integer, Trial> finished = new TreeMap<>();
        TreeMap<Integer, Trial> pending = new TreeMap<>();
        PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
        double now = 0;
        int asked = 0;
        while (finished.size() < trials) {
            while (running.size() < workers && asked < trials) {
                History history = new History(
                        finished.values().stream().toList(),
                        pending.values().stream().toList());
                Params params = sampler.suggest(problem, history, asked);
                Trial trial = new Trial(asked, params, Optional.empty(), Instant.EPOCH, Optional.empty());
                pending.put(asked, trial);
                running.add(new Running(now + Math.exp(random.nextGaussian()), trial));
                asked++;
            }
            Running ended = running.remove();
            now = ended.end();
            int number = ended.trial().number();
            double value =
                    function.loss().applyAsDouble(ended.trial().params()) + function.noise() * random.nextGaussian();
            pending.remove(number);
            finished.put(number, told(ended.trial(), value));
        }
        History history = new History(finished.values().stream().toList(), List.of());
        return function.loss()
                .applyAsDouble(history.best(Direction.MINIMIZE).orElseThrow().params());
    }

    private static Trial told(Trial trial, double value) {
        return new Trial(
                trial.number(),
                trial.params(),
                Optional.of(new Outcome.Complete(value)),
                trial.asked(),
                Optional.of(Instant.EPOCH));
    }
}
