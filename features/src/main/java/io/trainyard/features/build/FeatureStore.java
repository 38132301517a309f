package io.trainyard.features.build;

import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.quality.QuarantineTable;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.TrainingDefinition;
import io.trainyard.features.view.View;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
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
        return FeatureRows.of(spark, this, source, List.of(), views, asOf);
    }

    /**
     * One row for each entity among the rows of a source, its newest, with the features of views as of a moment, for scoring.
     *
     * @param entity columns that identify an entity, at least one
     * @param at rows that happened or were known at this moment or after it are left out
     */
    public FeatureRows entities(Source source, List<String> entity, List<View> views, Instant at) {
        return FeatureRows.of(spark, this, source, entity, views, Optional.of(at));
    }

    /**
     * Rows of a source as a model meets them, with the labels that are known by a moment.
     *
     * @param definition whose rows, label, weight, group, unit and views count; its features, test rows and split do not
     * @param asOf as {@link #build}, for the rows and their labels too
     * @throws io.trainyard.features.source.SourceException if the source declares no event time
     */
    public ObservedRows observed(TrainingDefinition definition, Instant asOf) {
        if (definition.rows().eventTime().isEmpty()) {
            throw new SourceException(
                    "Cannot watch the rows of source '%s': nothing says when they happened; declare its event_time"
                            .formatted(definition.rows().name()));
        }
        return ObservedRows.of(spark, this, definition, asOf);
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
            String definition = Fingerprint.of("table definition", 1)
                    .add("view", ViewFingerprint.ofTable(view, zone))
                    .add("source", sources.open(view.source()).snapshot().declaration())
                    .hex();
            return new FeatureTableBuild(
                            spark, view, sources, over, layout(view, sources), table(view.name()), definition)
                    .run();
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
}
