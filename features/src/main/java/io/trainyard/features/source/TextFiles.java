package io.trainyard.features.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.trainyard.features.view.FileFormat;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV and JSON, which promise no schema: types are inferred over all rows, and a row that does not fit is refused with its text, where
 * Spark would fill it with nulls. The option {@code mode: DROPMALFORMED} says to read past such rows instead.
 */
final class TextFiles {

    private static final String MALFORMED = "__malformed";
    private static final int SHOWN = 120;

    /** What divides fields where it is not a comma. */
    private static final List<String> SEPARATORS = List.of(";", "\t", "|");

    private final String source;
    private final FileFormat format;
    private final Map<String, String> options;
    private final FileListing listing;
    private final Supplier<DataFrameReader> readers;

    /**
     * @param options as declared; they go before what is chosen here
     * @param readers makes readers of the format, without options of either kind
     */
    TextFiles(
            String source,
            FileFormat format,
            Map<String, String> options,
            FileListing listing,
            Supplier<DataFrameReader> readers) {
        this.source = source;
        this.format = format;
        this.options = options;
        this.listing = listing;
        this.readers = readers;
    }

    Dataset<Row> read() {
        if (format == FileFormat.CSV && withHeader()) {
            String[] header = header();
            SourceColumns.requireDistinct(source, header);
            requireDivided(header);
        }
        StructType schema = reader().load(listing.pattern()).schema();
        if (options.containsKey("mode")) {
            return reader().schema(schema).load(listing.pattern()).drop(MALFORMED);
        }
        Dataset<Row> rows = reader().schema(withMalformed(schema)).load(listing.pattern());
        requireWellFormed(rows);
        return rows.drop(MALFORMED);
    }

    private DataFrameReader reader() {
        DataFrameReader reader = readers.get().option("columnNameOfCorruptRecord", MALFORMED);
        if (format == FileFormat.CSV) {
            // Columns go by position: without the check of every header, files in another order would be mixed up
            // silently.
            reader.option("header", true).option("inferSchema", true).option("enforceSchema", !withHeader());
        }
        return reader.options(options);
    }

    private boolean withHeader() {
        return Boolean.parseBoolean(options.getOrDefault("header", "true"));
    }

    /** The first file's header as it stands there: Spark numbers columns of one name before anyone could see them. */
    private String[] header() {
        Row header = reader().option("header", false)
                .option("inferSchema", false)
                .load(FileListing.literal(listing.files().get(0).getPath()))
                .first();
        return Arrays.stream(header.schema().fieldNames())
                .map(header::<String>getAs)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
    }

    /** One column whose name holds what others divide fields by is a file from elsewhere. */
    private void requireDivided(String[] header) {
        if (header.length != 1 || options.containsKey("sep") || options.containsKey("delimiter")) {
            return;
        }
        SEPARATORS.stream().filter(header[0]::contains).findFirst().ifPresent(separator -> {
            throw new SourceException(
                    "Cannot read source '%s': the header of %s is the one column '%s'; if it is several, add the option sep: \"%s\", else sep: \",\""
                            .formatted(source, listing.root(), header[0], separator.replace("\t", "\\t")));
        });
    }

    private StructType withMalformed(StructType schema) {
        if (!Arrays.asList(schema.fieldNames()).contains(MALFORMED)) {
            return schema.add(MALFORMED, DataTypes.StringType);
        }
        if (schema.size() == 1) {
            throw new SourceException(
                    "Cannot read source '%s': no line of %s is a JSON object; if objects span lines, add the option multiLine: true"
                            .formatted(source, listing.root()));
        }
        return schema;
    }

    private void requireWellFormed(Dataset<Row> rows) {
        // A typed filter reads every column: Spark refuses to read the malformed ones alone, and counts fewer of them.
        FilterFunction<Row> malformed = row -> row.getAs(MALFORMED) != null;
        Row bad = rows.withColumn("file", input_file_name())
                .filter(malformed)
                .agg(
                        count(lit(1)).as("rows"),
                        min(struct(col("file"), col(MALFORMED))).as("first"))
                .first();
        if (bad.<Long>getAs("rows") == 0) {
            return;
        }
        Row first = bad.getAs("first");
        String file = first.getAs("file");
        String row = first.getAs(MALFORMED);
        throw new SourceException(
                "Cannot read source '%s': %d malformed rows, such as '%s' in %s%s; mend them, or add the option mode: DROPMALFORMED to read past them"
                        .formatted(
                                source,
                                bad.<Long>getAs("rows"),
                                row.length() > SHOWN ? row.substring(0, SHOWN) + "…" : row,
                                file,
                                place(row, file)));
    }

    /** The line, from 1, where a row begins; empty where the file's lines are not what was read, as in another encoding. */
    private String place(String row, String file) {
        String start = row.lines().findFirst().orElse(row);
        return readers
                .get()
                .textFile(FileListing.literal(new Path(URI.create(file))))
                .javaRDD()
                .zipWithIndex()
                .filter(line -> line._1().equals(start))
                .take(1)
                .stream()
                .findFirst()
                .map(line -> ", line " + (line._2() + 1))
                .orElse("");
    }
}
