package io.trainyard.features.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.source.RowText;
import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows that tests have left out, of any number of tables, in one Delta table with the columns {@code table}, {@code test}, {@code
 * fingerprint}, {@code as_of}, {@code event_time} and {@code row}, the row's JSON.
 */
public final class QuarantineTable {

    private final SparkSession spark;
    private final String path;

    /** @param path where the table is; it is created with the first rows */
    public QuarantineTable(SparkSession spark, String path) {
        this.spark = spark;
        this.path = path;
    }

    /**
     * What rows are noted with.
     *
     * @param table which table or source they were left out of
     * @param fingerprint what the rows were made of: the same build has the same
     * @param asOf the logical time of the build
     * @param eventTime the column that says when a row happened
     */
    public record Origin(String table, String fingerprint, Instant asOf, Optional<String> eventTime) {}

    /**
     * Adds rows, unless rows of this table with this fingerprint were added before: a build that runs again adds nothing. Nothing is
     * written where there are none.
     *
     * @param quarantined as {@link Checked#quarantined} gives them
     * @throws io.trainyard.features.version.TableBusyException if another process on this machine is adding some
     */
    public void append(Origin origin, Dataset<Row> quarantined) {
        if (quarantined.isEmpty()) {
            return;
        }
        try (TableWriter writer = new VersionedTable(spark, path).writer()) {
            writer.addOnce(
                    noted(origin, quarantined), "quarantine %s %s".formatted(origin.table(), origin.fingerprint()));
        }
    }

    private static Dataset<Row> noted(Origin origin, Dataset<Row> quarantined) {
        Column time = origin.eventTime()
                .map(column -> quarantined.col(SourceColumns.quoted(column)))
                .orElse(lit(null))
                .cast(DataTypes.TimestampType);
        return quarantined.select(
                lit(origin.table()).as("table"),
                col(Checked.TEST).as("test"),
                lit(origin.fingerprint()).as("fingerprint"),
                lit(origin.asOf()).as("as_of"),
                time.as("event_time"),
                RowText.of(quarantined.drop(Checked.TEST)).as("row"));
    }
}
