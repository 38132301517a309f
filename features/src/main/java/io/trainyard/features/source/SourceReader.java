package io.trainyard.features.source;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;

import io.delta.tables.DeltaTable;
import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads sources so that no wart of a file reaches what is computed from it. */
public final class SourceReader {

    private final SparkSession spark;

    /**
     * @param spark a session whose time zone is the given one: what SQL says about hours and days follows the session
     * @param zone where timestamps without a zone are read
     */
    public SourceReader(SparkSession spark, ZoneId zone) {
        String session = spark.conf().get("spark.sql.session.timeZone");
        if (!ZoneId.of(session, ZoneId.SHORT_IDS).getRules().equals(zone.getRules())) {
            throw new IllegalArgumentException(
                    "Cannot read sources in time zone %s: set spark.sql.session.timeZone, which is %s, to the same"
                            .formatted(zone, session));
        }
        this.spark = spark;
    }

    /**
     * All rows of a source. Timestamps without a zone become timestamps in the session's zone, since a Delta table that holds one
     * asks more of every reader.
     *
     * @throws SourceException if there is nothing to read, or something that cannot be read as what it is declared to be
     */
    public Dataset<Row> read(Source source) {
        return zoned(open(source).rows(), source.name());
    }

    /** The columns of a source; text files are read for it, since their types are inferred. */
    public StructType schema(Source source) {
        return read(source).schema();
    }

    /** The rows of a source together with what identifies their state. */
    public SourceSnapshot snapshot(Source source) {
        Origin origin = open(source);
        return new SourceSnapshot(source, origin, rows -> zoned(rows, source.name()));
    }

    private Origin open(Source source) {
        if (source.location() instanceof Location.Query query) {
            return new QueryOrigin(spark, source.name(), query.sql());
        }
        return source.location() instanceof Location.Table table
                ? openTable(source.name(), table.name())
                : openFiles(source.name(), (Location.Files) source.location());
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
                : new QueryOrigin(spark, source, "SELECT * FROM " + table);
    }

    private static Dataset<Row> zoned(Dataset<Row> rows, String source) {
        SourceColumns.requireDistinct(source, rows.columns());
        Dataset<Row> zoned = rows;
        for (StructField field : rows.schema().fields()) {
            if (field.dataType().equals(DataTypes.TimestampNTZType)) {
                zoned = zoned.withColumn(
                        field.name(), rows.col(quoted(field.name())).cast(DataTypes.TimestampType));
            }
        }
        return zoned;
    }
}
