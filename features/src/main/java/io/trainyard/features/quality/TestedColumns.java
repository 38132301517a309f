package io.trainyard.features.quality;

import static io.trainyard.features.source.SourceColumns.quoted;

import io.trainyard.features.source.NearestName;
import io.trainyard.features.source.SourceException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * The columns that a test names, found whatever their letter case.
 *
 * @param table names the rows for people
 */
record TestedColumns(String table, Dataset<Row> rows) {

    List<Column> of(List<String> columns, String test) {
        return columns.stream().map(column -> of(column, test)).toList();
    }

    Column of(String column, String test) {
        return rows.col(quoted(name(column, test)));
    }

    DataType type(String column, String test) {
        return rows.schema().apply(name(column, test)).dataType();
    }

    SourceException refuse(String test, String reason) {
        return new SourceException("Cannot test '%s' on '%s': %s".formatted(test, table, reason));
    }

    private String name(String column, String test) {
        return Arrays.stream(rows.columns())
                .filter(column::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> refuse(
                        test,
                        "column '%s' not found%s"
                                .formatted(column, NearestName.hint(column, Arrays.asList(rows.columns())))));
    }
}
