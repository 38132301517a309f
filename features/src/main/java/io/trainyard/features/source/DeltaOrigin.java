package io.trainyard.features.source;

import io.delta.tables.DeltaTable;
import io.trainyard.features.version.Fingerprint;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta table at the version it has when it is opened. */
final class DeltaOrigin implements Origin {

    private final SparkSession spark;
    private final String location;
    private final String id;
    private final long version;

    DeltaOrigin(SparkSession spark, DeltaTable table) {
        Row detail = table.detail().select("id", "location").first();
        this.spark = spark;
        this.id = detail.getAs("id");
        this.location = detail.getAs("location");
        this.version = table.history(1).select("version").first().<Long>getAs("version");
    }

    @Override
    public SourceFingerprint fingerprint() {
        String hash = Fingerprint.of("delta source", 1)
                .add("table", id)
                .add("location", location)
                .add("version", version)
                .hex();
        return new SourceFingerprint(location, OptionalLong.of(version), hash);
    }

    @Override
    public Dataset<Row> rows() {
        return spark.read().format("delta").option("versionAsOf", version).load(location);
    }

    @Override
    public boolean changedSince(SourceFingerprint before) {
        return false;
    }
}
