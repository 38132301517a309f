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
import io.trainyard.features.build.OpenSources.Tested;
import io.trainyard.features.quality.Checked;
import io.trainyard.features.quality.QuarantineTable;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import java.time.Instant;
import java.time.ZoneId;
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
 * The feature tables of a warehouse, one Delta table a view. A build stages the rows, tests them, and publishes them in one commit that
 * carries the fingerprint of all that determines them; where the source has only grown, it reads and adds only what came since.
 */
public final class FeatureStore {

    private final SparkSession spark;
    private final ZoneId zone;
    private final FeatureFolders folders;
    private final SourceReader reader;

    /** @param spark a session with Delta's extension and catalog, in the given time zone */
    public FeatureStore(SparkSession spark, ZoneId zone, FeatureFolders folders, SourceReader reader) {
        this.spark = spark;
        this.zone = zone;
        this.folders = folders;
        this.reader = reader;
    }

    /**
     * Builds the feature table of a view, or finds it.
     *
     * @param asOf rows that happened or were known at this moment or after it are left out
     * @throws io.trainyard.features.source.SourceException if the data are not what the declaration says
     * @throws io.trainyard.features.version.TableBusyException if the table is being written
     */
    public FeatureTable build(View view, Optional<Instant> asOf) {
        try (OpenSources sources = open(asOf)) {
            return build(view, sources);
        }
    }

    /**
     * Rows of a source with the features of views as of their event time, for scoring.
     *
     * @param asOf as {@link #build}, for the rows too
     */
    public FeatureRows rows(Source source, List<View> views, Optional<Instant> asOf) {
        return FeatureRows.of(spark, this, source, views, asOf);
    }

    /**
     * The features of all entities as of a moment.
     *
     * @param reused whether they were there already
     */
    public record Materialized(Commit commit, boolean reused) {}

    /**
     * Writes the features of all entities of a view as they are known at a moment, into a table of their own, or finds them written.
     *
     * @param at rows that happened or were known at this moment or after it are left out
     */
    public Materialized materialize(View view, Instant at) {
        FeatureTable table = build(view, Optional.of(at));
        String fingerprint = Fingerprint.of("materialized view", 1)
                .add("features", fingerprint(view))
                .add("table", table.commit().table().fingerprint())
                .add("at", at)
                .hex();
        VersionedTable target = new VersionedTable(spark, folders.materialized() + "/" + view.name());
        Optional<Commit> found = target.current(fingerprint);
        if (found.isPresent()) {
            return new Materialized(found.get(), true);
        }
        spark.sparkContext().setJobDescription("materialize %s as of %s".formatted(view.name(), at));
        try (TableWriter writer = target.writer()) {
            return new Materialized(
                    writer.write(
                            new Materialization(spark, table, at).rows(),
                            fingerprint,
                            "{\"as_of\": \"%s\"}".formatted(at)),
                    false);
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    /** Hash over the declaration of a view's features: equal ones make equal features of equal rows. */
    public static String fingerprint(View view) {
        return ViewFingerprint.ofFeatures(view);
    }

    /** All versions of a view's feature table, the newest first. */
    public List<Commit> history(String view) {
        return table(view).history();
    }

    /** The rows of a version of a view's feature table. */
    public Dataset<Row> read(String view, long version) {
        return table(view).read(version);
    }

    OpenSources open(Optional<Instant> asOf) {
        return new OpenSources(reader, new QuarantineTable(spark, folders.quarantine()), asOf);
    }

    FeatureTable build(View view, OpenSources sources) {
        try {
            spark.sparkContext().setJobDescription("feature table %s".formatted(view.name()));
            List<FeatureTable> over =
                    view.over().stream().map(below -> build(below, sources)).toList();
            return new TableBuild(view, sources, over).run();
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    /** Holds what a view declares to the columns of its source, and settles its features. Reads no rows but those of text files. */
    ViewLayout layout(View view, OpenSources sources) {
        TimedRows source = sources.open(view.source());
        Dataset<Row> shape = source.rows();
        for (View below : view.over()) {
            for (var feature : layout(below, sources).features().entrySet()) {
                shape = shape.withColumn(feature.getKey(), lit(null).cast(feature.getValue()));
            }
        }
        return ViewLayout.of(view, source.with(shape));
    }

    private VersionedTable table(String view) {
        return new VersionedTable(spark, folders.tables() + "/" + view);
    }

    /** One build of one table. */
    private final class TableBuild {
        private final View view;
        private final OpenSources sources;
        private final List<FeatureTable> over;
        private final TimedRows source;
        private final ViewLayout layout;
        private final VersionedTable table;
        private final String definition;
        private final String fingerprint;

        TableBuild(View view, OpenSources sources, List<FeatureTable> over) {
            this.view = view;
            this.sources = sources;
            this.over = over;
            this.source = sources.open(view.source());
            this.layout = layout(view, sources);
            this.table = table(view.name());
            this.definition = ViewFingerprint.ofTable(view, zone);
            this.fingerprint = Fingerprint.of("feature table", 1)
                    .add("definition", definition)
                    .add("source", source.snapshot().fingerprint().hash())
                    .add("bound", source.bound().map(Instant::toString).orElse(""))
                    .addAll(
                            "over",
                            over.stream()
                                    .map(below -> below.commit().table().fingerprint())
                                    .toList())
                    .hex();
        }

        FeatureTable run() {
            Optional<Commit> found = table.find(fingerprint);
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
                        ? Incremental.rows(source, facts).map(rows -> new Extension(last, facts, rows))
                        : Optional.empty();
            });
        }

        private Commit extend(Extension extension) {
            Tested added = sources.tested(source, extension.clear());
            try (Staged staged = stage(added.rows().rows(), added.report())) {
                SortedMap<String, Long> dropped = staged.dropped();
                extension.facts().dropped().forEach((reason, rows) -> dropped.merge(reason, rows, Long::sum));
                sources.requireUnchanged();
                try (TableWriter writer = table.writer()) {
                    return writer.append(
                            sorted(staged.rows()),
                            fingerprint,
                            facts(dropped, staged.reports()).toJson(),
                            extension.last().table().version());
                }
            }
        }

        private Commit replace() {
            Tested tested = sources.tested(view.source());
            try (Staged staged = stage(withFeaturesBelow(tested.rows().rows()), tested.report())) {
                SortedMap<String, Long> dropped = staged.dropped();
                sources.requireUnchanged();
                try (TableWriter writer = table.writer()) {
                    return writer.write(
                            sorted(staged.rows()),
                            fingerprint,
                            facts(dropped, staged.reports()).toJson());
                }
            }
        }

        private Dataset<Row> withFeaturesBelow(Dataset<Row> rows) {
            if (over.isEmpty()) {
                return rows;
            }
            List<ViewRows> below = over.stream().map(made -> made.rows(spark)).toList();
            return new AsOfJoin(spark, AsOfSettings.defaults())
                    .join(rows.withColumn(Examples.TIME, source.time().orElseThrow()), Examples.TIME, below);
        }

        /** Computes the rows of the table once, and tests them. */
        private Staged stage(Dataset<Row> rows, TestReport ofSource) {
            Column reason = coalesce(source.reason(), when(layout.unusable(), DropReason.NULL_ENTITY.text()));
            CachedRows marked =
                    CachedRows.of(layout.project(rows.withColumn(Examples.REASON, reason), col(Examples.REASON)));
            Checked checked = sources.check(
                    "view " + view.name(),
                    view.tests(),
                    source.time().map(time -> ViewRows.EVENT_TIME),
                    Census.kept(marked.rows()),
                    UnaryOperator.identity(),
                    fingerprint);
            return new Staged(marked, checked.passing(), List.of(ofSource, checked.report()));
        }

        private Dataset<Row> sorted(Dataset<Row> rows) {
            return source.time().isPresent() ? rows.sortWithinPartitions(ViewRows.EVENT_TIME) : rows;
        }

        private FeatureTableFacts facts(SortedMap<String, Long> dropped, List<TestReport> reports) {
            return new FeatureTableFacts(
                    definition,
                    Input.of(source.snapshot()),
                    source.snapshot().state(),
                    sources.asOf(),
                    source.bound(),
                    dropped,
                    reports.stream()
                            .filter(report -> !report.results().isEmpty())
                            .toList());
        }
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
