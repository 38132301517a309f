package io.trainyard.features.build;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.asof.AsOfJoin;
import io.trainyard.features.asof.AsOfSettings;
import io.trainyard.features.asof.ViewRows;
import io.trainyard.features.build.FeatureTable.Change;
import io.trainyard.features.build.OpenSources.Passed;
import io.trainyard.features.build.OpenSources.Tested;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One build of one feature table: found, extended by what came, or made anew.
 *
 * @param over the tables of the views that this one is made of
 * @param definition hash over the declaration alone
 */
record FeatureTableBuild(
        SparkSession spark,
        View view,
        OpenSources sources,
        List<FeatureTable> over,
        ViewLayout layout,
        VersionedTable table,
        String definition) {

    FeatureTable run() {
        Optional<Commit> found = table.find(fingerprint());
        if (found.isPresent()) {
            sources.requireFresh(view.source());
            return FeatureTable.of(view, layout, found.get(), Change.REUSED);
        }
        Optional<Extension> extension = extension();
        return extension.isPresent()
                ? FeatureTable.of(view, layout, extend(extension.get()), Change.EXTENDED)
                : FeatureTable.of(view, layout, replace(), Change.BUILT);
    }

    /** What the current version lacks, before de-identification, and what it knows. */
    private record Extension(Commit last, FeatureTableFacts facts, Dataset<Row> clear) {}

    /** Where every row can be judged by itself, and the source has only grown, the rows of before need not be read again. */
    private Optional<Extension> extension() {
        if (!over.isEmpty() || !Incremental.testable(view)) {
            return Optional.empty();
        }
        return table.current().flatMap(last -> {
            FeatureTableFacts facts = FeatureTableFacts.ofJson(last.facts());
            return facts.definition().equals(definition)
                            && schema().equals(last.table().schemaFingerprint())
                    ? Incremental.rows(source(), facts).map(rows -> new Extension(last, facts, rows))
                    : Optional.empty();
        });
    }

    private Commit extend(Extension extension) {
        FeatureTableFacts facts = extension.facts();
        Tested added = sources.tested(
                source(), extension.clear(), facts.report(view.source().name()));
        try (Staged staged = stage(added.rows().rows(), added.report(), facts.report(name()))) {
            SortedMap<String, Long> dropped = staged.dropped();
            facts.droppedForGood().forEach((reason, rows) -> dropped.merge(reason, rows, Long::sum));
            sources.requireUnchanged();
            try (TableWriter writer = table.writer()) {
                return writer.append(
                        sorted(staged.rows()),
                        fingerprint(),
                        noted(dropped, staged.reports()).toJson(),
                        extension.last().table().version());
            }
        }
    }

    private Commit replace() {
        Tested tested = sources.tested(view.source());
        try (Staged staged = stage(withFeaturesBelow(tested.rows().rows()), tested.report(), Optional.empty())) {
            SortedMap<String, Long> dropped = staged.dropped();
            sources.requireUnchanged();
            try (TableWriter writer = table.writer()) {
                return writer.write(
                        sorted(staged.rows()),
                        fingerprint(),
                        noted(dropped, staged.reports()).toJson());
            }
        }
    }

    private Dataset<Row> withFeaturesBelow(Dataset<Row> rows) {
        if (over.isEmpty()) {
            return rows;
        }
        List<ViewRows> below = over.stream().map(made -> made.rows(spark)).toList();
        return new AsOfJoin(spark, AsOfSettings.defaults())
                .join(rows.withColumn(Examples.TIME, source().time().orElseThrow()), Examples.TIME, below);
    }

    /** Computes the rows of the table once, and tests them. */
    private Staged stage(Dataset<Row> rows, TestReport ofSource, Optional<TestReport> before) {
        Column reason = coalesce(source().reason(), when(layout.unusable(), DropReason.NULL_ENTITY.text()));
        CachedRows marked =
                CachedRows.of(layout.project(rows.withColumn(Examples.REASON, reason), col(Examples.REASON)));
        boolean tested = false;
        try {
            Passed passed = sources.check(
                    name(),
                    view.tests(),
                    source().time().map(time -> ViewRows.EVENT_TIME),
                    Census.kept(marked.rows()),
                    UnaryOperator.identity(),
                    fingerprint(),
                    before);
            tested = true;
            return new Staged(marked, passed.rows(), List.of(ofSource, passed.report()));
        } finally {
            if (!tested) {
                marked.close();
            }
        }
    }

    private Dataset<Row> sorted(Dataset<Row> rows) {
        return source().time().isPresent() ? rows.sortWithinPartitions(ViewRows.EVENT_TIME) : rows;
    }

    private FeatureTableFacts noted(SortedMap<String, Long> dropped, List<TestReport> reports) {
        return new FeatureTableFacts(
                definition,
                Input.of(source().snapshot()),
                source().snapshot().state(),
                sources.asOf(),
                source().bound(),
                dropped,
                reports.stream().filter(report -> !report.results().isEmpty()).toList());
    }

    /** Of the rows as they would be written now: the types of a source's columns may have changed. */
    private String schema() {
        return Fingerprint.of(layout.project(source().rows()).schema());
    }

    private String name() {
        return "view " + view.name();
    }

    private TimedRows source() {
        return sources.open(view.source());
    }

    private String fingerprint() {
        return Fingerprint.of("feature table", 1)
                .add("definition", definition)
                .add("source", source().snapshot().fingerprint().hash())
                .add("bound", source().bound().map(Instant::toString).orElse(""))
                .addAll("references", sources.references(view.tests()))
                .addAll("source references", sources.references(view.source().tests()))
                .addAll(
                        "over",
                        over.stream()
                                .map(below -> below.commit().table().fingerprint())
                                .toList())
                .hex();
    }

    /**
     * Rows on their way into a table.
     *
     * @param marked with those that are no rows of the table, and why
     */
    private record Staged(CachedRows marked, Dataset<Row> rows, List<TestReport> reports) implements AutoCloseable {
        SortedMap<String, Long> dropped() {
            SortedMap<String, Long> dropped = new TreeMap<>();
            marked.rows()
                    .groupBy(Examples.REASON)
                    .agg(count(lit(1)).as("rows"))
                    .filter(col(Examples.REASON).isNotNull())
                    .collectAsList()
                    .forEach(row -> dropped.put(row.getAs(Examples.REASON), row.<Long>getAs("rows")));
            return dropped;
        }

        @Override
        public void close() {
            marked.close();
        }
    }
}
