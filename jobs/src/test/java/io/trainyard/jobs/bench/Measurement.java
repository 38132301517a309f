package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The same work of one contestant, done several times.
 *
 * @param contestant name in tables
 * @param trials how many configurations each run tried
 * @param slots how many at once
 * @param seconds what each run took; runs of equal index, of all contestants, were made one after the other
 */
record Measurement(String contestant, int trials, int slots, List<Double> seconds) {
    Measurement {
        seconds = List.copyOf(seconds);
        if (trials < 1 || seconds.isEmpty()) {
            throw new IllegalArgumentException(
                    contestant + " with " + trials + " trials in each of " + seconds.size() + " runs");
        }
    }

    double median() {
        return median(runs());
    }

    double trialsPerSecond() {
        return trials / median();
    }

    /** How long a trial occupies a slot, in milliseconds. */
    double millisecondsPerTrial() {
        return 1000 * slots / trialsPerSecond();
    }

    /** Time a trial over that of {@code ours}: the median of the pairs, which a drift of the machine cannot move. */
    double ratioTo(Measurement ours) {
        if (seconds.size() != ours.seconds.size()) {
            throw new IllegalArgumentException("%s has %d runs and %s has %d: they are no pairs"
                    .formatted(contestant, seconds.size(), ours.contestant, ours.seconds.size()));
        }
        return median(IntStream.range(0, seconds.size())
                .mapToDouble(run -> (seconds.get(run) / trials) / (ours.seconds.get(run) / ours.trials)));
    }

    /** Median, minimum and maximum in seconds. */
    String secondsText() {
        return "%.2f (%.2f to %.2f)"
                .formatted(median(), runs().min().getAsDouble(), runs().max().getAsDouble());
    }

    ObjectNode json(Measurement ours) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("contestant", contestant).put("trials", trials).put("slots", slots);
        json.putObject("seconds")
                .put("median", median())
                .put("min", runs().min().getAsDouble())
                .put("max", runs().max().getAsDouble());
        ArrayNode all = json.putArray("runs");
        seconds.forEach(all::add);
        return json.put("trials_per_second", trialsPerSecond()).put("ratio_to_ours", ratioTo(ours));
    }

    private DoubleStream runs() {
        return seconds.stream().mapToDouble(Double::doubleValue);
    }

    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
