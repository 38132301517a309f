package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.Search;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long a search takes to find what random search finds: the target is the median of the best values of random studies, which know
 * nothing beforehand.
 *
 * @param trials of each study, the random ones and ours
 * @param peerTrials how many of the first random study the peer runs; its time for all is worked out from these
 * @param seeds how many studies of each kind
 */
record TimeToQuality(int trials, int peerTrials, int seeds) {

    /** Runs a study on data that is always the same. */
    interface Studies {
        /** @param settings of the section {@code search}, such as {@code seed=1} */
        Search.Result run(List<String> settings) throws Exception;
    }

    /** Who runs the random trials in its own way. */
    interface Peer {
        String name();

        /** From the first of the trials to the last value. */
        double seconds(List<Trial> trials) throws Exception;
    }

    /**
     * A study of ours.
     *
     * @param seconds from its first ask until the target was told; empty when it never was
     * @param trials told by then
     */
    private record Reached(OptionalDouble seconds, int trials) {}

    /** @param ours settings of each contestant beside the seed */
    Report measure(String data, Studies studies, Peer peer, List<List<String>> ours) throws Exception {
        List<Double> bests = new ArrayList<>();
        List<Double> randomSeconds = new ArrayList<>();
        List<Trial> peers = List.of();
        boolean higher = false;
        for (int seed = 1; seed <= seeds; seed++) {
            Search.Result random =
                    studies.run(settings(seed, List.of("sampler=random", "pruner=none", "portfolio=false")));
            higher = random.direction().loss(1) < random.direction().loss(0);
            bests.add(random.winner().value().getAsDouble());
            randomSeconds.add(seconds(random.history()));
            if (seed == 1) {
                peers = random.history().finished().stream().limit(peerTrials).toList();
            }
        }
        double peerSeconds = peer.seconds(peers) * trials / peers.size();
        double target = Measurement.median(bests.stream().mapToDouble(Double::doubleValue));
        double whole = Measurement.median(randomSeconds.stream().mapToDouble(Double::doubleValue));
        Table table = new Table(
                "contestant",
                "reached",
                "median trials",
                "median seconds",
                "of random search's time",
                "of " + peer.name());
        table.add(
                "random, all %d trials".formatted(trials),
                "",
                "" + trials,
                "%.1f".formatted(whole),
                "1",
                fraction(peerSeconds / whole));
        table.add(
                "the same by %s, from %d of them".formatted(peer.name(), peers.size()),
                "",
                "" + trials,
                "%.1f".formatted(peerSeconds),
                fraction(whole / peerSeconds),
                "1");
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("bench", "time-to-quality")
                .put("data", data)
                .put("target", target)
                .put("random_seconds", whole)
                .put("peer_seconds", peerSeconds);
        ArrayNode contestants = json.putArray("contestants");
        for (List<String> contestant : ours) {
            List<Reached> reached = new ArrayList<>();
            for (int seed = 1; seed <= seeds; seed++) {
                Search.Result result = studies.run(settings(seed, with(contestant, "stop.target=" + target)));
                reached.add(reached(result.history(), target, higher));
            }
            // A study that never came there counts as one that takes for ever.
            double seconds = Measurement.median(
                    reached.stream().mapToDouble(study -> study.seconds().orElse(Double.POSITIVE_INFINITY)));
            double told = Measurement.median(reached.stream().mapToDouble(Reached::trials));
            long successes = reached.stream()
                    .filter(study -> study.seconds().isPresent())
                    .count();
            table.add(
                    String.join(" ", contestant),
                    "%d of %d".formatted(successes, seeds),
                    "%.0f".formatted(told),
                    Double.isInfinite(seconds) ? "over all trials" : "%.1f".formatted(seconds),
                    fraction(whole / seconds),
                    fraction(peerSeconds / seconds));
            contestants
                    .addObject()
                    .put("settings", String.join(" ", contestant))
                    .put("reached", successes)
                    .put("trials", told)
                    .put("seconds", seconds)
                    .put("speed_up", whole / seconds)
                    .put("speed_up_of_peer", peerSeconds / seconds);
        }
        String title =
                "time-to-quality on %s: seconds from the first ask until a trial is as good as %.5f, the median best of %d random studies\n\n"
                        .formatted(data, target, seeds);
        return new Report(title + table.text(), json);
    }

    private static String fraction(double speedUp) {
        return speedUp == 0 ? "" : "1/%.1f".formatted(speedUp);
    }

    private List<String> settings(int seed, List<String> more) {
        return with(more, "seed=" + seed, "trials=" + trials);
    }

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static double seconds(History history) {
        return between(
                history,
                history.finished().stream()
                        .map(trial -> trial.told().orElseThrow())
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static Reached reached(History history, double target, boolean higher) {
        return history.finished().stream()
                .filter(trial -> trial.value().isPresent())
                .filter(trial -> higher
                        ? trial.value().getAsDouble() >= target
                        : trial.value().getAsDouble() <= target)
                .map(trial -> trial.told().orElseThrow())
                .min(Comparator.naturalOrder())
                .map(at -> new Reached(OptionalDouble.of(between(history, at)), told(history, at)))
                .orElseGet(() ->
                        new Reached(OptionalDouble.empty(), history.finished().size()));
    }

    private static int told(History history, Instant until) {
        return (int) history.finished().stream()
                .filter(trial -> !trial.told().orElseThrow().isAfter(until))
                .count();
    }

    private static double between(History history, Instant until) {
        Instant began = history.finished().stream()
                .map(Trial::asked)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Duration.between(began, until).toMillis() / 1000.0;
    }
}
