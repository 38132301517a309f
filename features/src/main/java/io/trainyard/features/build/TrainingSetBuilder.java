package io.trainyard.features.build;

import io.trainyard.features.asof.AsOfPlan;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.Pins;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.TrainingDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Builds training sets, each in a Delta table of its own name under one root. A training set that is already what its declaration and
 * its sources say is not built again.
 */
public final class TrainingSetBuilder {

    /** Pins every training set; retention lets go of them. */
    public static final String OWNER = "trainyard";

    private final SparkSession spark;
    private final ZoneId zone;
    private final String root;
    private final FeatureStore store;

    /**
     * @param spark a session with Delta's extension and catalog, in the given time zone
     * @param root the folder, on any storage, that holds the tables
     * @param store holds the tables of the views
     */
    public TrainingSetBuilder(SparkSession spark, ZoneId zone, String root, FeatureStore store) {
        this.spark = spark;
        this.zone = zone;
        this.root = root;
        this.store = store;
    }

    /**
     * A training set and the account of its build.
     *
     * @param reused whether it was there already
     * @param labels examples by label, empty where the label is a number of many values
     * @param dropped rows of the sources that are no examples, by reason
     * @param sizes rows in each part
     * @param tables the feature tables that were joined, in the order of the views
     */
    public record Result(
            TrainingSet set,
            boolean reused,
            SortedMap<String, Long> labels,
            SortedMap<String, Long> dropped,
            SplitSizes sizes,
            List<FeatureTable> tables) {
        public Result {
            tables = List.copyOf(tables);
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
        }
    }

    /**
     * Builds a training set, or finds it.
     *
     * @param asOf rows at this moment or after it are left out, in sources that declare an event time; where there are none, the
     *     training set does not depend on it
     * @param accept what else must hold of the examples before they become a version; it refuses them by an exception
     * @throws io.trainyard.features.source.SourceException if the data are not what the declaration says
     * @throws io.trainyard.features.version.TableBusyException if the table is being written
     */
    public Result build(TrainingDefinition definition, Optional<Instant> asOf, Consumer<ExampleSet> accept) {
        try (OpenSources open = store.open(asOf)) {
            describe(definition, "read");
            TrainingSources sources = TrainingSources.open(open, definition);
            List<FeatureTable> tables = definition.views().stream()
                    .map(view -> store.build(view, open))
                    .toList();
            String fingerprint = fingerprint(definition, open, sources, tables);
            VersionedTable table = new VersionedTable(spark, root + "/" + definition.name());
            Optional<Commit> current = table.current(fingerprint);
            if (current.isPresent()) {
                sources.all().forEach(source -> open.requireFresh(source.source()));
                return result(pinned(current.get()), true, tables);
            }
            describe(definition, "test");
            TrainingSources tested = sources.tested(open);
            FeatureSelection selection = FeatureSelection.of(definition, tested.rows());
            Candidates candidates = Candidates.of(definition, tested, selection, asOf);
            JoinedViews views = new JoinedViews(spark, ViewKeys.of(definition.views()), tables, selection.columns());
            try (CachedRows examples = CachedRows.of(candidates.rows(zone))) {
                describe(definition, "count");
                Census census = candidates
                        .checks()
                        .requireReadable(() ->
                                Census.of(examples.rows(), definition.split().folds()));
                open.requireUnchanged();
                describe(definition, "check");
                Dataset<Row> kept = Census.kept(examples.rows());
                census.requireAllParts(definition);
                candidates.checks().requireWeights(kept);
                candidates.checks().requireUniqueKeys(kept);
                describe(definition, "join views");
                Commit made = publish(definition, candidates, views, kept, census, accept, table, fingerprint);
                return result(pinned(made), false, tables);
            }
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    /**
     * How the views would be joined to the examples: builds the feature tables that are not there, looks at the examples' times and at
     * the sizes of the tables, and writes no training set.
     */
    public AsOfPlan explain(TrainingDefinition definition, Optional<Instant> asOf) {
        try (OpenSources open = store.open(asOf)) {
            TrainingSources sources = TrainingSources.open(open, definition);
            List<FeatureTable> tables = definition.views().stream()
                    .map(view -> store.build(view, open))
                    .toList();
            FeatureSelection selection = FeatureSelection.of(definition, sources.rows());
            Candidates candidates = Candidates.of(definition, sources, selection, asOf);
            return new JoinedViews(spark, ViewKeys.of(definition.views()), tables, selection.columns())
                    .plan(Census.kept(candidates.rows(zone)));
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    private String fingerprint(
            TrainingDefinition definition, OpenSources open, TrainingSources sources, List<FeatureTable> tables) {
        List<String> references = sources.all().stream()
                .flatMap(source -> open.references(source.source().tests()).stream())
                .toList();
        List<String> labelBounds = sources.all().stream()
                .map(source -> LabelTime.bound(definition, source, open.asOf())
                        .map(Instant::toString)
                        .orElse(""))
                .toList();
        return TrainingSetFingerprint.of(definition, zone, sources.all(), references, labelBounds, tables);
    }

    /** Models are made of training sets: no vacuum may take their files. */
    private Commit pinned(Commit commit) {
        Pins.of(spark, commit.table().path()).pin(commit.table().version(), OWNER, "a training set", commit.time());
        return commit;
    }

    /**
     * Holds every column and expression of a declaration to its sources. Reads no rows but those of text files, whose types are
     * inferred, and writes nothing.
     *
     * @throws io.trainyard.features.source.SourceException if the sources are not what the declaration says
     */
    public void check(TrainingDefinition definition) {
        try (OpenSources open = store.open(Optional.empty())) {
            check(definition, open);
        }
    }

    private void check(TrainingDefinition definition, OpenSources open) {
        TrainingSources sources = TrainingSources.open(open, definition);
        definition.views().forEach(view -> store.layout(view, open));
        FeatureSelection selection = FeatureSelection.of(definition, sources.rows());
        Candidates.of(definition, sources, selection, Optional.empty()).rows(zone);
    }

    private Commit publish(
            TrainingDefinition definition,
            Candidates candidates,
            JoinedViews views,
            Dataset<Row> kept,
            Census census,
            Consumer<ExampleSet> accept,
            VersionedTable table,
            String fingerprint) {
        List<FeatureColumn> features = new ArrayList<>(candidates.features());
        features.addAll(views.features());
        try (CachedRows joined = CachedRows.of(views.join(kept))) {
            accept.accept(new ExampleSet(joined.rows(), definition.label(), features));
            describe(definition, "write");
            List<Input> inputs = new ArrayList<>(candidates.inputs());
            inputs.addAll(views.inputs());
            TrainingSetFacts facts = new TrainingSetFacts(
                    definition.label(),
                    features,
                    inputs,
                    LabelCounts.of(joined.rows()),
                    census.dropped(),
                    census.sizes());
            try (TableWriter writer = table.writer()) {
                return writer.write(joined.rows().sort(TrainingSet.KEY), fingerprint, facts.toJson());
            }
        }
    }

    private static Result result(Commit commit, boolean reused, List<FeatureTable> tables) {
        TrainingSetFacts facts = TrainingSetFacts.ofJson(commit.facts());
        TrainingSet set = new TrainingSet(commit.table(), facts.label(), facts.features(), facts.inputs());
        return new Result(set, reused, facts.labels(), facts.dropped(), facts.sizes(), tables);
    }

    private void describe(TrainingDefinition definition, String step) {
        spark.sparkContext().setJobDescription("training set %s · %s".formatted(definition.name(), step));
    }
}
