package io.trainyard.features.build;

import io.trainyard.features.source.SourceReader;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.TrainingDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
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

    private final SparkSession spark;
    private final ZoneId zone;
    private final String root;

    /**
     * @param spark a session with Delta's extension and catalog, in the given time zone
     * @param root the folder, on any storage, that holds the tables
     */
    public TrainingSetBuilder(SparkSession spark, ZoneId zone, String root) {
        this.spark = spark;
        this.zone = zone;
        this.root = root;
    }

    /**
     * A training set and the account of its build.
     *
     * @param reused whether it was there already
     * @param dropped rows of the sources that are no examples, by reason
     * @param sizes rows in each part
     */
    public record Result(TrainingSet set, boolean reused, SortedMap<String, Long> dropped, SplitSizes sizes) {
        public Result {
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
        try {
            describe(definition, "read");
            VersionedTable table = new VersionedTable(spark, root + "/" + definition.name());
            TrainingSources sources = TrainingSources.open(new SourceReader(spark, zone), definition, asOf);
            String fingerprint = TrainingSetFingerprint.of(definition, zone, sources.all());
            Optional<Commit> current = table.current(fingerprint);
            return current.isPresent()
                    ? result(current.get(), true)
                    : result(publish(definition, sources, accept, table, fingerprint), false);
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    /**
     * Holds every column and expression of a declaration to its sources. Reads no rows but those of text files, whose types are
     * inferred, and writes nothing.
     *
     * @throws io.trainyard.features.source.SourceException if the sources are not what the declaration says
     */
    public void check(TrainingDefinition definition) {
        TrainingSources sources = TrainingSources.open(new SourceReader(spark, zone), definition, Optional.empty());
        FeatureSelection selection =
                FeatureSelection.of(definition, sources.rows().columns());
        Examples rows = Examples.of(definition, sources.rows(), selection);
        combine(
                rows,
                sources.testRows().map(tests -> Examples.of(definition, tests, selection)),
                new ExampleChecks(definition));
    }

    private Commit publish(
            TrainingDefinition definition,
            TrainingSources sources,
            Consumer<ExampleSet> accept,
            VersionedTable table,
            String fingerprint) {
        FeatureSelection selection =
                FeatureSelection.of(definition, sources.rows().columns());
        Examples rows = Examples.of(definition, sources.rows(), selection);
        Optional<Examples> testRows = sources.testRows().map(tests -> Examples.of(definition, tests, selection));
        ExampleChecks checks = new ExampleChecks(definition);
        try (CachedRows examples = CachedRows.of(combine(rows, testRows, checks))) {
            describe(definition, "count");
            Census census = checks.requireReadable(() -> Census.of(examples.rows()));
            sources.requireUnchanged();
            describe(definition, "check");
            Dataset<Row> kept = Census.kept(examples.rows());
            census.requireAllParts(definition);
            checks.requireWeights(kept);
            checks.requireUniqueKeys(kept);
            accept.accept(new ExampleSet(kept, definition.label(), rows.features()));
            describe(definition, "write");
            TrainingSetFacts facts = new TrainingSetFacts(
                    definition.label(), rows.features(), sources.inputs(), census.dropped(), census.sizes());
            try (TableWriter writer = table.writer()) {
                return writer.write(kept.sort(TrainingSet.KEY), fingerprint, facts.toJson());
            }
        }
    }

    private Dataset<Row> combine(Examples rows, Optional<Examples> testRows, ExampleChecks checks) {
        Dataset<Row> all = rows.divided(zone);
        if (testRows.isPresent()) {
            Dataset<Row> tested = testRows.get().tested();
            checks.requireSameKinds(rows, testRows.get(), all, tested);
            all = all.unionByName(tested);
        }
        return rows.definition().key().isPresent() ? all : Examples.numbered(all);
    }

    private static Result result(Commit commit, boolean reused) {
        TrainingSetFacts facts = TrainingSetFacts.ofJson(commit.facts());
        TrainingSet set = new TrainingSet(commit.table(), facts.label(), facts.features(), facts.inputs());
        return new Result(set, reused, facts.dropped(), facts.sizes());
    }

    private void describe(TrainingDefinition definition, String step) {
        spark.sparkContext().setJobDescription("training set %s · %s".formatted(definition.name(), step));
    }
}
