package io.trainyard.features.source;

import static org.apache.spark.sql.functions.col;

import io.delta.tables.DeltaTable;
import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads sources so that no wart of a file reaches what is computed from it. */
public final class SourceReader {

    private final SparkSession spark;
    private final Optional<String> hashKey;
    private final NamedSources named;

    /**
     * A reader for sources that hash no column.
     *
     * @param spark a session whose time zone is the given one: what SQL says about hours and days follows the session
     * @param zone where timestamps without a zone are read
     */
    public SourceReader(SparkSession spark, ZoneId zone) {
        this(spark, zone, Optional.empty());
    }

    /**
     * @param spark a session whose time zone is the given one: what SQL says about hours and days follows the session
     * @param zone where timestamps without a zone are read
     * @param hashKey the secret under which columns are hashed; asked for only by sources that hash one
     */
    public SourceReader(SparkSession spark, ZoneId zone, Optional<String> hashKey) {
        this(spark, hashKey, NamedSources.NONE);
        String session = spark.conf().get("spark.sql.session.timeZone");
        if (!ZoneId.of(session, ZoneId.SHORT_IDS).getRules().equals(zone.getRules())) {
            throw new IllegalArgumentException(
                    "Cannot read sources in time zone %s: set spark.sql.session.timeZone, which is %s, to the same"
                            .formatted(zone, session));
        }
    }

    private SourceReader(SparkSession spark, Optional<String> hashKey, NamedSources named) {
        this.spark = spark;
        this.hashKey = hashKey;
        this.named = named;
    }

    /**
     * The same reader, where queries may name other declared sources like tables. They are what is read of these sources, de-identified;
     * a table of the catalog with the name of a source is hidden by it, except in the source's own query.
     *
     * @param sources by the names that queries call them by
     */
    public SourceReader withNamed(Map<String, Source> sources) {
        return new SourceReader(spark, hashKey, NamedSources.of(sources));
    }

    /**
     * All rows of a source, de-identified as it declares it. Timestamps without a zone become timestamps in the session's zone, since a
     * Delta table that holds one asks more of every reader.
     *
     * @throws SourceException if there is nothing to read, or something that cannot be read as what it is declared to be
     */
    public Dataset<Row> read(Source source) {
        return snapshot(source, named).rows();
    }

    /** The columns of a source, de-identified; text files are read for it, since their types are inferred. */
    public StructType schema(Source source) {
        return read(source).schema();
    }

    /** The rows of a source together with what identifies their state. */
    public SourceSnapshot snapshot(Source source) {
        SourceSnapshot snapshot = snapshot(source, named);
        snapshot.fingerprint(); // the state now, before anybody reads
        return snapshot;
    }

    private SourceSnapshot snapshot(Source source, NamedSources others) {
        return SourceSnapshot.of(source, open(source, others), hashKey);
    }

    private Origin open(Source source, NamedSources others) {
        if (source.location() instanceof Location.Query query) {
            return openQuery(source.name(), query.sql(), others);
        }
        return source.location() instanceof Location.Table table
                ? openTable(source.name(), table.name())
                : openFiles(source.name(), (Location.Files) source.location());
    }

    private Origin openQuery(String source, String sql, NamedSources others) {
        return new QueryOrigin(spark, source, sql, others.open(spark, source, sql, this::snapshot));
    }

    private Origin openFiles(String source, Location.Files location) {
        FileListing listing = FileListing.of(spark.sparkContext().hadoopConfiguration(), source, location);
        FileFormat format = listing.format(source, location.format());
        if (format != FileFormat.DELTA) {
            return new FilesOrigin(spark, source, location, format, listing);
        }
        String path = listing.root().toString();
        if (!listing.delta()) {
            throw new SourceException(
                    "Cannot read source '%s': no Delta table is at %s, only files; declare their format"
                            .formatted(source, path));
        }
        return new DeltaOrigin(spark, DeltaTable.forPath(spark, path));
    }

    private Origin openTable(String source, String table) {
        boolean delta = Analysis.check(
                () -> !spark.sql("DESCRIBE TABLE EXTENDED " + table)
                        .filter(col("col_name")
                                .equalTo("Provider")
                                .and(col("data_type").equalTo("delta")))
                        .isEmpty(),
                e -> "Cannot read source '%s': table '%s' is not to be had: %s"
                        .formatted(source, table, Analysis.reason(e)));
        return delta
                ? new DeltaOrigin(spark, DeltaTable.forName(spark, table))
                : new QueryOrigin(spark, source, "SELECT * FROM " + table, Map.of());
    }
}
