package io.trainyard.features.source;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A row as one text, the same for the same values whatever the order of the columns, to identify rows by their content. */
public final class RowText {

    /** Spark's default format cuts microseconds off. */
    private static final Map<String, String> OPTIONS = Map.of(
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private RowText() {}

    /** A column of JSON texts over all columns of the rows. */
    public static Column of(Dataset<Row> rows) {
        Column[] columns = Arrays.stream(rows.columns())
                .sorted()
                .map(SourceColumns::quoted)
                .map(rows::col)
                .toArray(Column[]::new);
        return to_json(struct(columns), OPTIONS);
    }
}
