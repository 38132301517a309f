package io.trainyard.tuning.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The trials of which no other is as good by every metric and better by one: what is left to choose from. */
public final class ParetoFront {

    private ParetoFront() {}

    /**
     * The front of those trials that ran to their end, equal ones among them, the best by the first metric first.
     *
     * @param directions of the trials' values, in their order
     */
    public static List<Trial> of(List<Trial> trials, List<Direction> directions) {
        List<Losses> candidates = trials.stream()
                .filter(trial -> trial.value().isPresent())
                .map(trial -> Losses.of(trial, directions))
                .sorted()
                .toList();
        List<Losses> front = new ArrayList<>();
        for (Losses candidate : candidates) {
            // Whatever is better than a trial comes before it, so that the front only grows.
            if (front.stream().noneMatch(known -> known.dominates(candidate))) {
                front.add(candidate);
            }
        }
        return front.stream().map(Losses::trial).toList();
    }

    /** A trial with its values as losses, of which less is better. */
    private record Losses(Trial trial, List<Double> values) implements Comparable<Losses> {

        static Losses of(Trial trial, List<Direction> directions) {
            List<Double> values = trial.values();
            if (values.size() != directions.size()) {
                throw new IllegalArgumentException("Cannot compare trial %d by %d metrics: its values are %s"
                        .formatted(trial.number(), directions.size(), values));
            }
            return new Losses(
                    trial,
                    IntStream.range(0, values.size())
                            .mapToObj(metric -> directions.get(metric).loss(values.get(metric)))
                            .toList());
        }

        /** As good by every metric, and better by one. Minus zero is as good as zero. */
        boolean dominates(Losses other) {
            boolean better = false;
            for (int metric = 0; metric < values.size(); metric++) {
                double mine = values.get(metric);
                double theirs = other.values.get(metric);
                if (mine > theirs) {
                    return false;
                }
                better |= mine < theirs;
            }
            return better;
        }

        @Override
        public int compareTo(Losses other) {
            for (int metric = 0; metric < values.size(); metric++) {
                double mine = values.get(metric);
                double theirs = other.values.get(metric);
                if (mine != theirs) {
                    return mine < theirs ? -1 : 1;
                }
            }
            return Integer.compare(trial.number(), other.trial.number());
        }
    }
}
