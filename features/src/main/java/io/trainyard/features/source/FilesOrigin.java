package io.trainyard.features.source;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Location;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files of one format that nothing versions: their names, sizes and times tell whether they changed. */
final class FilesOrigin implements Origin {

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
