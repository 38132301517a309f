package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.RowText;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.TrainingDefinition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * The rows of one source as examples: the training set's columns, and {@link #REASON} for a row that will not be one.
 *
 * @param features as they are over this source
 */
record Examples(
        TrainingDefinition definition, TimedRows source, FeatureSelection selection, List<FeatureColumn> features) {

    /** Why a row is dropped; null for those that stay. */
    static final String REASON = "_reason";

    private static final int KEY_DIGITS = 32;

    static Examples of(TrainingDefinition definition, TimedRows source, FeatureSelection selection) {
        return new Examples(definition, source, selection, selection.resolve(source));
    }

    /** The examples of rows that the split divides. */
    Dataset<Row> divided(ZoneId zone) {
        SplitColumns parts = SplitColumns.of(definition.split(), divisor(), zone);
        return select(definition.testRows().isPresent() ? parts.withoutTest() : parts);
    }

    /** The examples of rows that all are for the test. */
    Dataset<Row> tested() {
        return select(SplitColumns.allTest());
    }

    /**
     * Gives examples without a declared key one: the hash of the row is made unique by counting rows of equal content, which are the
     * same whichever comes first.
     */
    static Dataset<Row> numbered(Dataset<Row> examples) {
        Column ordinal = row_number().over(Window.partitionBy(TrainingSet.KEY).orderBy(TrainingSet.FINAL));
        return examples.withColumn(TrainingSet.KEY, concat(col(TrainingSet.KEY), lit("-"), ordinal.cast("string")));
    }

    private Dataset<Row> select(SplitColumns parts) {
        List<Column> columns = new ArrayList<>();
        columns.add(key().as(TrainingSet.KEY));
        columns.add(label().as(TrainingSet.LABEL));
        columns.add(weight().as(TrainingSet.WEIGHT));
        columns.add(parts.search().as(TrainingSet.SEARCH));
        columns.add(parts.finalFit().as(TrainingSet.FINAL));
        columns.add(reason(parts).as(REASON));
        features.forEach(feature -> columns.add(selection.column(feature)));
        return source.rows().select(columns.toArray(Column[]::new));
    }

    private Column reason(SplitColumns parts) {
        Column label = label();
        DataType type = type(definition.label());
        Column unknown = type instanceof DoubleType || type instanceof FloatType
                ? label.isNull().or(isnan(label))
                : label.isNull();
        return coalesce(
                source.reason(),
                when(unknown, DropReason.NULL_LABEL.text()),
                when(parts.search().isNull().and(parts.finalFit().isNull()), DropReason.OUTSIDE_SPLIT.text()));
    }

    private Column divisor() {
        if (definition.split() instanceof Split.TimeSplit) {
            return source.time()
                    .orElseThrow(
                            () -> new IllegalStateException("A split by time without an event time was let through"));
        }
        if (definition.split() instanceof Split.ColumnSplit column) {
            return column("split by", column.column()).cast("string");
        }
        Column own = key().cast("string");
        return ((Split.HashSplit) definition.split())
                .on()
                .map(column -> coalesce(column("split on", column).cast("string"), own))
                .orElse(own);
    }

    private Column key() {
        return definition
                .key()
                .map(key -> column("use as key", key, Set.of(Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.TIMESTAMP)))
                .orElseGet(() -> substring(sha2(RowText.of(source.rows()), 256), 1, KEY_DIGITS));
    }

    private Column label() {
        return column("use as label", definition.label(), Set.of(Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN));
    }

    private Column weight() {
        return definition
                .weight()
                .map(weight ->
                        column("use as weight", weight, Set.of(Kind.NUMBER)).cast("double"))
                .orElseGet(() -> lit(1.0));
    }

    private Column column(String use, String name, Set<Kind> kinds) {
        Column column = column(use, name);
        DataType type = type(name);
        if (Kind.of(type).filter(kinds::contains).isEmpty()) {
            throw new SourceException("Cannot %s column '%s' of source '%s': it is of type %s; make it one of %s"
                    .formatted(use, name, source.source().name(), type.simpleString(), new TreeSet<>(kinds)));
        }
        return column;
    }

    private Column column(String use, String name) {
        return source.rows().col(quoted(actual(use, name)));
    }

    private DataType type(String name) {
        return source.rows().schema().apply(actual("type", name)).dataType();
    }

    private String actual(String use, String name) {
        return source.columns().require("%s '%s' in training set '%s'".formatted(use, name, definition.name()), name);
    }
}
