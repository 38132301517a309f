package io.trainyard.features.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Location;
import java.util.Arrays;
import java.util.Objects;
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

    private final String source;
    private final FileFormat format;
    private final Location.Files location;
    private final FileListing listing;

    TextFiles(String source, FileFormat format, Location.Files location, FileListing listing) {
        this.source = source;
        this.format = format;
        this.location = location;
        this.listing = listing;
    }

    Dataset<Row> read(DataFrameReader declared) {
        DataFrameReader reader = (format == FileFormat.CSV ? csv(declared) : declared)
                .option("columnNameOfCorruptRecord", MALFORMED)
                .options(location.options());
        String path = listing.pattern();
        StructType schema = reader.load(path).schema();
        if (location.options().containsKey("mode")) {
            return reader.schema(schema).load(path).drop(MALFORMED);
        }
        Dataset<Row> rows = reader.schema(withMalformed(schema)).load(path);
        requireWellFormed(rows);
        return rows.drop(MALFORMED);
    }

    /** With the header checked in every file: columns go by position, so that files in another order would be mixed up silently. */
    private DataFrameReader csv(DataFrameReader reader) {
        if (!location.options().getOrDefault("header", "true").equals("true")) {
            return reader.option("inferSchema", true);
        }
        SourceColumns.requireDistinct(source, header(reader));
        return reader.option("header", true).option("inferSchema", true).option("enforceSchema", false);
    }

    /** The first file's header as it stands there: Spark numbers columns of one name before anyone could see them. */
    private String[] header(DataFrameReader reader) {
        Row header = reader.options(location.options())
                .option("header", false)
                .option("inferSchema", false)
                .load(FileListing.literal(listing.files().get(0).getPath()))
                .first();
        return Arrays.stream(header.schema().fieldNames())
                .map(header::<String>getAs)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
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
        String line = first.getAs(MALFORMED);
        throw new SourceException(
                "Cannot read source '%s': %d malformed rows, such as '%s' in %s; mend them, or add the option mode: DROPMALFORMED to read past them"
                        .formatted(
                                source,
                                bad.<Long>getAs("rows"),
                                line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line,
                                first.<String>getAs("file")));
    }
}
