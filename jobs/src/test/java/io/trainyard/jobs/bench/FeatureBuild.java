package io.trainyard.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.build.FeatureFolders;
import io.trainyard.features.build.FeatureStore;
import io.trainyard.features.build.FeatureTable;
import io.trainyard.features.build.FeatureTable.Change;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.version.TableVersion;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test.Action;
import io.trainyard.features.view.Test.NotNull;
import io.trainyard.features.view.Test.Range;
import io.trainyard.features.view.Test.Reaction;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The two feature tables of the example pipeline {@code fraud.yaml}, brought up to date after a hundredth of the payments came, beside
 * building them anew. Files that are there stay, files that come are added, as it goes with a folder that is filled day by day.
 *
 * @param pairs how often both are measured, each time in folders of their own
 */
record FeatureBuild(SparkSession spark, int pairs) {

    Report measure(FeatureBuildRows rows) throws IOException {
        try (WorkFolder folder = new WorkFolder()) {
            Path before = folder.path().resolve("before");
            Path added = folder.path().resolve("added");
            rows.before().write().parquet(before.toString());
            rows.added().write().parquet(added.toString());
            // Classes are loaded and compiled over the few rows, of which one file comes after the other.
            List<Path> few = data(added);
            run(folder.path().resolve("warm"), few.subList(0, 1), few.subList(1, few.size()), rows.end());
            List<Pair> measured = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                Path work = folder.path().resolve("pair" + pair);
                measured.add(run(work, data(before), data(added), rows.end()));
                PathUtils.deleteDirectory(work);
            }
            return report(rows, measured);
        }
    }

    /**
     * One run of each.
     *
     * @param rows in both tables together
     * @param same whether the rows of both are the same
     * @param reused whether the same build once more made no new version
     */
    private record Pair(double extended, double built, double again, long rows, boolean same, boolean reused) {}

    private Pair run(Path work, List<Path> before, List<Path> added, Instant end) throws IOException {
        Path payments = Files.createDirectories(work.resolve("payments"));
        List<View> views = views(payments);
        FeatureStore store = store(work.resolve("extended"));
        link(before, payments);
        build(store, views, end, Change.BUILT);
        link(added, payments);

        Stopwatch extending = new Stopwatch();
        List<TableVersion> extended = build(store, views, end, Change.EXTENDED);
        double extendedSeconds = extending.seconds();
        FeatureStore other = store(work.resolve("built"));
        Stopwatch building = new Stopwatch();
        List<TableVersion> built = build(other, views, end, Change.BUILT);
        double builtSeconds = building.seconds();
        Stopwatch finding = new Stopwatch();
        List<TableVersion> again = build(store, views, end, Change.REUSED);
        double againSeconds = finding.seconds();

        boolean same = content(store, views, extended).equals(content(other, views, built));
        boolean reused = again.equals(extended)
                && views.stream().allMatch(view -> store.history(view.name()).size() == 2);
        long rows = extended.stream().mapToLong(TableVersion::rows).sum();
        return new Pair(extendedSeconds, builtSeconds, againSeconds, rows, same, reused);
    }

    private static List<TableVersion> build(FeatureStore store, List<View> views, Instant end, Change expected) {
        List<TableVersion> versions = new ArrayList<>();
        for (View view : views) {
            FeatureTable table = store.build(view, Optional.of(end));
            if (table.change() != expected) {
                throw new IllegalStateException("The build of view '%s' was to be %s, but is %s"
                        .formatted(view.name(), expected, table.change()));
            }
            versions.add(table.commit().table());
        }
        return versions;
    }

    /** Of each table, how many rows and the sum of their hashes, in whatever order they are. */
    private static List<Row> content(FeatureStore store, List<View> views, List<TableVersion> versions) {
        List<Row> contents = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            var rows = store.read(views.get(i).name(), versions.get(i).version());
            Column[] columns =
                    Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
            contents.add(rows.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38,0)")))
                    .first());
        }
        return contents;
    }

    private FeatureStore store(Path folder) {
        FeatureFolders folders = new FeatureFolders(
                folder.resolve("features").toString(),
                folder.resolve("materialized").toString(),
                folder.resolve("quarantine").toString());
        return new FeatureStore(spark, ZoneOffset.UTC, folders, new SourceReader(spark, ZoneOffset.UTC));
    }

    private static List<View> views(Path payments) {
        Source source = new Source(
                "transactions",
                Location.Files.at(payments.toString()),
                Optional.of("TX_DATETIME"),
                new KnownAt(Optional.empty(), Map.of("TX_FRAUD", "TX_DATETIME + interval 7 days")),
                Map.of(),
                List.of(
                        new NotNull(
                                List.of("TRANSACTION_ID", "TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID"), Reaction.FAIL),
                        new Range(
                                "TX_AMOUNT",
                                Optional.of(0.0),
                                Optional.empty(),
                                new Reaction(Action.QUARANTINE, 0.001))));
        return List.of(
                view("customer", "CUSTOMER_ID", "amount_mean", "avg(TX_AMOUNT)", Duration.ZERO, source),
                view("terminal", "TERMINAL_ID", "risk", "avg(TX_FRAUD)", Duration.ofDays(7), source));
    }

    private static View view(String name, String entity, String mean, String sql, Duration delay, Source source) {
        Map<String, Aggregate> aggregates = new LinkedHashMap<>();
        aggregates.put("count", Aggregate.parse("count(*)"));
        aggregates.put(mean, Aggregate.parse(sql));
        List<Window> windows =
                Stream.of(1, 7, 30).map(Duration::ofDays).map(Window::new).toList();
        return new View.Aggregates(
                name, source, List.of(), List.of(EntityColumn.of(entity)), aggregates, windows, delay, List.of());
    }

    private static List<Path> data(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static void link(List<Path> files, Path folder) throws IOException {
        for (Path file : files) {
            Files.createLink(folder.resolve(file.getFileName()), file);
        }
    }

    private Report report(FeatureBuildRows rows, List<Pair> measured) {
        Measurement extended = measurement("incremental, 1 % new", measured, Pair::extended);
        List<Measurement> contestants = List.of(
                extended,
                measurement("full rebuild", measured, Pair::built),
                measurement("the same build again", measured, Pair::again));
        boolean same = measured.stream().allMatch(Pair::same);
        boolean reused = measured.stream().allMatch(Pair::reused);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "feature-build");
        json.putObject("settings").put("rows", rows.name()).put("pairs", pairs);
        json.put("same_rows", same).put("again_makes_no_version", reused);
        Table table = new Table("build of two feature tables", "seconds (median, min to max)", "over incremental");
        ArrayNode all = json.putArray("contestants");
        for (Measurement each : contestants) {
            table.add(each.contestant(), each.secondsText(), "%.2f×".formatted(each.ratioTo(extended)));
            all.add(each.json(extended));
        }
        String title = "feature-build: %s, %d pairs\n\n".formatted(rows.name(), pairs);
        String checks = "rows of both, %,d: %s; the same build again makes %s\n"
                .formatted(
                        measured.get(0).rows(), same ? "the same" : "DIFFERENT", reused ? "no version" : "A VERSION");
        return new Report(title + table.text() + checks, json);
    }

    private static Measurement measurement(String name, List<Pair> pairs, Function<Pair, Double> seconds) {
        return new Measurement(name, 1, 1, pairs.stream().map(seconds).toList());
    }
}
