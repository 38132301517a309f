package io.trainyard.features.source;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Location;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Files of one format that nothing versions: their names, sizes and times tell whether they changed. */
final class FilesOrigin implements Origin {

    /** Beyond, a list of files is too long to be noted beside every version. */
    private static final int MANY = 20_000;

    private final SparkSession spark;
    private final String source;
    private final Location.Files location;
    private final FileFormat format;
    private final FileListing listing;

    FilesOrigin(SparkSession spark, String source, Location.Files location, FileFormat format, FileListing listing) {
        this.spark = spark;
        this.source = source;
        this.location = location;
        this.format = format;
        this.listing = listing;
    }

    @Override
    public SourceFingerprint fingerprint() {
        return fingerprint(listing);
    }

    @Override
    public Dataset<Row> rows() {
        return Analysis.check(
                () -> format == FileFormat.CSV || format == FileFormat.JSON
                        ? new TextFiles(source, format, location.options(), listing, this::reader).read()
                        : reader().options(location.options()).load(listing.pattern()),
                e -> "Cannot read source '%s' as %s from %s: %s"
                        .formatted(source, format.spark(), listing.root(), Analysis.reason(e)));
    }

    @Override
    public boolean changedSince(SourceFingerprint before) {
        FileListing now = FileListing.of(spark.sparkContext().hadoopConfiguration(), source, location);
        return !fingerprint(now).equals(before);
    }

    /** Text files promise no schema: what another file adds can change the types of all. */
    @Override
    public Optional<SourceState> state() {
        if (listing.files().size() > MANY || format == FileFormat.CSV || format == FileFormat.JSON) {
            return Optional.empty();
        }
        SortedMap<String, String> parts = new TreeMap<>();
        listing.files().forEach(file -> parts.put(file.getPath().toString(), mark(file)));
        return Optional.of(new SourceState(parts));
    }

    @Override
    public Optional<Growth> growthSince(SourceState before) {
        Map<String, String> now = state().map(SourceState::parts).orElse(Collections.emptySortedMap());
        if (!now.entrySet().containsAll(before.parts().entrySet()) || (partitioned() && !rootIsFolder())) {
            return Optional.empty();
        }
        List<String> added = now.keySet().stream()
                .filter(file -> !before.parts().containsKey(file))
                .toList();
        return Optional.of(new Growth(() -> only(before.parts().keySet()), only(added)));
    }

    /** Some of the files, read as the whole would be. */
    private Dataset<Row> only(Collection<String> files) {
        StructType schema = rows().schema();
        if (files.isEmpty()) {
            return spark.createDataFrame(List.of(), schema);
        }
        DataFrameReader reader =
                partitioned() ? reader().option("basePath", listing.root().toString()) : reader();
        return reader.options(location.options())
                .schema(schema)
                .load(files.stream()
                        .map(file -> FileListing.literal(new Path(file)))
                        .toArray(String[]::new));
    }

    /** Whether the names of folders hold values of columns. */
    private boolean partitioned() {
        return !listing.nested()
                && listing.files().stream()
                        .anyMatch(file -> file.getPath().getParent().getName().contains("="));
    }

    /** Not a pattern, under which Spark would look for the partitions in another place. */
    private boolean rootIsFolder() {
        return listing.pattern().equals(FileListing.literal(listing.root()));
    }

    private static String mark(FileStatus file) {
        return file.getLen() + " bytes at " + file.getModificationTime();
    }

    private DataFrameReader reader() {
        return spark.read().format(format.spark()).option("recursiveFileLookup", listing.nested());
    }

    private SourceFingerprint fingerprint(FileListing files) {
        String uri = files.root().toString();
        Fingerprint fingerprint = Fingerprint.of("file source", 1)
                .add("uri", uri)
                .add("format", format)
                .addAll("options", location.options().keySet())
                .addAll("values", location.options().values());
        for (FileStatus file : files.files()) {
            fingerprint
                    .add("file", file.getPath())
                    .add("bytes", file.getLen())
                    .add("modified", file.getModificationTime());
        }
        return new SourceFingerprint(uri, OptionalLong.empty(), fingerprint.hex());
    }
}
