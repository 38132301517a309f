package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How much faster more executors of one core search than one does, beside what plain native loops gain from the same number of threads:
 * cores of one machine share its memory and its clock, so that the second is the limit of the first.
 *
 * @param master a standalone cluster
 * @param executors how many are compared with one
 * @param configurations of every search
 * @param rounds boosting rounds of every configuration
 * @param pairs how often all run, one after the other
 */
record SearchScaling(String master, int executors, int configurations, int rounds, int pairs) {
    private static final long SEED = 20260101;

    /** What the searches of one pair took. */
    private record Pair(double one, double many, double oneThread, double manyThreads) {
        double speedUp() {
            return one / many;
        }

        double limit() {
            return oneThread / manyThreads;
        }
    }

    Report measure(int rows, int columns) throws Exception {
        List<Pair> taken = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            taken.add(pair % 2 == 0 ? rising(rows, columns) : falling(rows, columns));
            System.err.printf("pair %d of %d%n", pair + 1, pairs);
        }
        double speedUp = Measurement.median(taken.stream().mapToDouble(Pair::speedUp));
        double limit = Measurement.median(taken.stream().mapToDouble(Pair::limit));
        double share = Measurement.median(taken.stream().mapToDouble(pair -> pair.speedUp() / pair.limit()));
        Table table = new Table("contestant", "one, s", "%d, s".formatted(executors), "speed-up (median)");
        add(
                table,
                "ours, executors of one core",
                taken.stream().map(Pair::one).toList(),
                taken.stream().map(Pair::many).toList(),
                speedUp);
        add(
                table,
                "plain native loops, threads",
                taken.stream().map(Pair::oneThread).toList(),
                taken.stream().map(Pair::manyThreads).toList(),
                limit);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("bench", "search-scaling")
                .put("rows", rows)
                .put("columns", columns)
                .put("executors", executors)
                .put("configurations", configurations)
                .put("rounds", rounds)
                .put("pairs", pairs)
                .put("speed_up", speedUp)
                .put("limit", limit)
                .put("share_of_limit", share);
        String title = "search-scaling: %,d rows × %d columns, %d configurations of %d rounds, %d pairs\n\n"
                .formatted(rows, columns, configurations, rounds, pairs);
        return new Report(
                title + table.text() + "ours is %.2f× the limit (median of the pairs)\n".formatted(share), json);
    }

    private Pair rising(int rows, int columns) throws Exception {
        double one = ours(rows, columns, 1);
        double many = ours(rows, columns, executors);
        double oneThread = limit(rows, columns, 1);
        return new Pair(one, many, oneThread, limit(rows, columns, executors));
    }

    /** The other way round, so that a drift of the machine is not taken for speed. */
    private Pair falling(int rows, int columns) throws Exception {
        double many = ours(rows, columns, executors);
        double one = ours(rows, columns, 1);
        double manyThreads = limit(rows, columns, executors);
        return new Pair(one, many, limit(rows, columns, 1), manyThreads);
    }

    private static void add(Table table, String name, List<Double> one, List<Double> many, double speedUp) {
        table.add(name, seconds(one), seconds(many), "%.2f×".formatted(speedUp));
    }

    private static String seconds(List<Double> all) {
        return "%.1f".formatted(Measurement.median(all.stream().mapToDouble(Double::doubleValue)));
    }

    /** As many configurations as two for each slot have been tried before: executors have loaded and compiled what they need. */
    private double ours(int rows, int columns, int slots) throws Exception {
        try (WorkFolder folder = new WorkFolder();
                ClusterSession session = new ClusterSession(master, slots)) {
            return search(
                    new ResidentSearch(rows(session.spark(), rows, columns), columns, slots, rounds, folder.path()),
                    slots);
        }
    }

    private double limit(int rows, int columns, int slots) throws Exception {
        try (LocalSession session = new LocalSession(1)) {
            return search(new NativeSearch(rows(session.spark(), rows, columns), columns, slots, rounds), slots);
        }
    }

    private double search(Contestant contestant, int slots) throws Exception {
        contestant.run(Configuration.draw(2 * slots));
        return contestant.run(Configuration.draw(configurations)).search();
    }

    private static Dataset<Row> rows(SparkSession spark, int rows, int columns) {
        return BenchRows.simulated(spark, rows, columns, SEED, 1);
    }
}
