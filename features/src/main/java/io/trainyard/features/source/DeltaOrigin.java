package io.trainyard.features.source;

import io.delta.tables.DeltaTable;
import io.trainyard.features.version.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.collection.JavaConverters;

/** A Delta table at the version it has when it is opened. */
final class DeltaOrigin implements Origin {

    private static final String TABLE = "table";
    private static final String VERSION = "version";

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
    public Optional<SourceState> state() {
        return Optional.of(new SourceState(new TreeMap<>(Map.of(TABLE, id, VERSION, String.valueOf(version)))));
    }

    /** Commits that only added files, and changed nothing else, let the table grow. */
    @Override
    public Optional<Growth> growthSince(SourceState before) {
        long last = Long.parseLong(before.parts().getOrDefault(VERSION, "-1"));
        if (!id.equals(before.parts().get(TABLE)) || last > version) {
            return Optional.empty();
        }
        DeltaLog log = DeltaLog.forTable(spark, location);
        return added(log, last + 1)
                .map(files -> new Growth(
                        () -> at(last),
                        log.createDataFrame(
                                log.getSnapshotAt(version, Option.empty(), Option.empty()),
                                JavaConverters.asScalaBuffer(files).toSeq(),
                                false,
                                Option.empty())));
    }

    private Optional<List<AddFile>> added(DeltaLog log, long from) {
        List<AddFile> added = new ArrayList<>();
        var commits = log.getChanges(from, version, false);
        long next = from;
        while (commits.hasNext()) {
            var commit = commits.next();
            if ((long) commit._1() != next++) {
                return Optional.empty(); // the log has expired in between
            }
            for (Action action : JavaConverters.seqAsJavaList(commit._2())) {
                if (action instanceof AddFile file && file.dataChange() && file.deletionVector() == null) {
                    added.add(file);
                } else if (!(action instanceof CommitInfo || action instanceof SetTransaction)) {
                    return Optional.empty();
                }
            }
        }
        return next == version + 1 ? Optional.of(added) : Optional.empty();
    }

    @Override
    public Dataset<Row> rows() {
        return at(version);
    }

    private Dataset<Row> at(long wanted) {
        return spark.read().format("delta").option("versionAsOf", wanted).load(location);
    }

    @Override
    public boolean changedSince(SourceFingerprint before) {
        return false;
    }
}
