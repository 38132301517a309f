package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How fast the same configurations are tried: by ours, by Spark's own tuning, and by the native library alone, which is the limit.
 *
 * @param rounds boosting rounds of every configuration
 * @param configurations how many ours and the limit try
 * @param peerConfigurations how many of these the peer tries; compared by time a configuration
 * @param pairs how often all contestants run, one after the other
 * @param slots configurations at once
 */
record SearchThroughput(int rounds, int configurations, int peerConfigurations, int pairs, int slots) {
    /** Of each contestant, before anything is measured: classes are loaded and compiled then. */
    private static final int WARM_UP = 2;

    Report measure(Dataset<Row> examples) throws Exception {
        try (WorkFolder folder = new WorkFolder()) {
            Dataset<Row> rows = examples.cache();
            long count = rows.count();
            int columns = rows.first().<Vector>getAs(BenchRows.FEATURES).size();
            Contestant ours = new ResidentSearch(rows, columns, slots, rounds, folder.path());
            Contestant limit = new NativeSearch(rows, columns, slots, rounds);
            Contestant peer = new ValidationSplitSearch(rows, slots, rounds);
            Map<Contestant, Integer> shares = new LinkedHashMap<>();
            shares.put(ours, configurations);
            shares.put(peer, peerConfigurations);
            shares.put(limit, configurations);
            Map<Contestant, List<Contestant.Run>> runs = runs(shares);
            requireEqualValues(runs.get(ours), runs.get(limit));
            rows.unpersist();
            return report(count, columns, shares, runs);
        }
    }

    /** One run of each contestant after the other, again and again, so that a slow moment of the machine meets all alike. */
    private Map<Contestant, List<Contestant.Run>> runs(Map<Contestant, Integer> shares) throws Exception {
        Map<Contestant, List<Contestant.Run>> runs = new LinkedHashMap<>();
        for (Contestant contestant : shares.keySet()) {
            contestant.run(Configuration.draw(WARM_UP));
            runs.put(contestant, new ArrayList<>());
        }
        for (int pair = 0; pair < pairs; pair++) {
            for (Contestant contestant : shares.keySet()) {
                runs.get(contestant).add(contestant.run(Configuration.draw(shares.get(contestant))));
            }
        }
        return runs;
    }

    private static void requireEqualValues(List<Contestant.Run> ours, List<Contestant.Run> limit) {
        for (int pair = 0; pair < ours.size(); pair++) {
            if (!ours.get(pair).values().equals(limit.get(pair).values())) {
                throw new IllegalStateException(
                        "The contestants did not do the same work: ours found %s, native loops %s"
                                .formatted(
                                        ours.get(pair).values(), limit.get(pair).values()));
            }
        }
    }

    private Measurement search(Contestant contestant, int trials, List<Contestant.Run> runs) {
        return new Measurement(
                contestant.name(),
                trials,
                slots,
                runs.stream().map(Contestant.Run::search).toList());
    }

    private Report report(
            long count, int columns, Map<Contestant, Integer> shares, Map<Contestant, List<Contestant.Run>> runs) {
        Table table = new Table(
                "contestant",
                "trials",
                "loading, s",
                "search, s (median, min to max)",
                "trials/s",
                "ours is",
                "best AUC");
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "search-throughput");
        json.putObject("settings")
                .put("rows", count)
                .put("columns", columns)
                .put("rounds", rounds)
                .put("configurations", configurations)
                .put("peer_configurations", peerConfigurations)
                .put("pairs", pairs)
                .put("slots", slots);
        ArrayNode contestants = json.putArray("contestants");
        Contestant first = runs.keySet().iterator().next();
        Measurement ours = search(first, shares.get(first), runs.get(first));
        runs.forEach((contestant, all) -> {
            Measurement search = search(contestant, shares.get(contestant), all);
            double loading = Measurement.median(all.stream().mapToDouble(Contestant.Run::loading));
            double best = all.get(0).best();
            table.add(
                    search.contestant(),
                    Integer.toString(search.trials()),
                    "%.2f".formatted(loading),
                    search.secondsText(),
                    "%.2f".formatted(search.trialsPerSecond()),
                    "%.2f×".formatted(search.ratioTo(ours)),
                    "%.6f".formatted(best));
            contestants.add(search.json(ours).put("loading_seconds", loading).put("best_auc", best));
        });
        String title = """
                search-throughput: %,d rows × %d columns, %d rounds, %d trials at once of one thread, %d pairs
                Compared by time a trial. Spark draws a validation split of its own, and caches it within the search.

                """.formatted(count, columns, rounds, slots, pairs);
        return new Report(title + table.text(), json);
    }
}
