package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.RowText;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.features.split.TimeWindows;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.TimeSplit;
import io.trainyard.features.view.TrainingDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        TrainingDefinition definition,
        TimedRows source,
        FeatureSelection selection,
        Optional<Instant> labelBound,
        List<FeatureColumn> features) {

    /** Why a row is dropped; null for those that stay. */
    static final String REASON = "_reason";

    /** When an example happened, in a training set with views until they are joined. */
    static final String TIME = "_time";

    private static final int KEY_DIGITS = 32;

    /** @param labelBound the moment by which a label must have been known, where some are known later */
    static Examples of(
            TrainingDefinition definition, TimedRows source, FeatureSelection selection, Optional<Instant> labelBound) {
        return new Examples(definition, source, selection, labelBound, selection.resolve(source));
    }

    /** The examples of rows that the split divides. */
    Dataset<Row> divided(ZoneId zone) {
        SplitColumns declared = SplitColumns.of(definition.split(), divisor(), stratum(), zone);
        if (definition.testRows().isPresent()) {
            declared = declared.withoutTest();
        }
        if (!(definition.split() instanceof TimeSplit time)) {
            return select(source.rows(), new Parts(declared, declared, declared));
        }
        TimeWindows windows = TimeWindows.of(time, zone);
        SplitColumns purged =
                LabelTime.of(definition, source).isPresent() ? declared.purged(windows, labelKnown()) : declared;
        if (time.dropKnown().isEmpty()) {
            return select(source.rows(), new Parts(declared, purged, purged));
        }
        Column entity = column("drop known rows by", time.dropKnown().get());
        KnownPositives known = new KnownPositives(windows, entity, label(), labelKnown());
        return select(
                known.mark(source, definition),
                new Parts(declared, purged, known.without(purged, source.time().orElseThrow())));
    }

    /**
     * Rows as they can be watched: those without a label known by now, too, which have a null one. With the columns of a training set but
     * for those of the split, and with the times of {@link ObservedRows}.
     */
    Dataset<Row> observed() {
        Column event = source.time().orElseThrow();
        List<Column> columns = judged(when(unlabelled().isNull(), target()));
        columns.add(event.as(ObservedRows.HAPPENED));
        columns.add(source.moment().as(ObservedRows.ARRIVED));
        columns.add(labelKnown().as(ObservedRows.LABEL_KNOWN));
        columns.addAll(ViewKeys.of(definition.views()).columns(source));
        features.forEach(feature -> columns.add(selection.column(feature)));
        return source.rows()
                .where(source.reason().isNull().and(not(unexposed())))
                .select(columns.toArray(Column[]::new));
    }

    /** The examples of rows that all are for the test. */
    Dataset<Row> tested() {
        SplitColumns all = SplitColumns.allTest();
        return select(source.rows(), new Parts(all, all, all));
    }

    /**
     * A split as it loses rows.
     *
     * @param purged without training on labels that were not known in time
     * @param left without judging by what was known, too
     */
    private record Parts(SplitColumns declared, SplitColumns purged, SplitColumns left) {}

    /**
     * Gives examples without a declared key one: the hash of the row is made unique by counting rows of equal content, which are the
     * same whichever comes first.
     */
    static Dataset<Row> numbered(Dataset<Row> examples) {
        Column ordinal = row_number().over(Window.partitionBy(TrainingSet.KEY).orderBy(TrainingSet.FINAL));
        return examples.withColumn(TrainingSet.KEY, concat(col(TrainingSet.KEY), lit("-"), ordinal.cast("string")));
    }

    private Dataset<Row> select(Dataset<Row> rows, Parts parts) {
        List<Column> columns = judged(target());
        columns.add(parts.left().trains().as(TrainingSet.TRAINS));
        columns.add(parts.left().validates().as(TrainingSet.VALIDATES));
        columns.add(parts.left().finalFit().as(TrainingSet.FINAL));
        columns.add(reason(parts).as(REASON));
        columns.addAll(ViewKeys.of(definition.views()).columns(source));
        features.forEach(feature -> columns.add(selection.column(feature)));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Which example it is, what is true of it, and how much it counts. */
    private List<Column> judged(Column label) {
        List<Column> columns = new ArrayList<>();
        columns.add(key().as(TrainingSet.KEY));
        columns.add(label.as(TrainingSet.LABEL));
        columns.add(weight().as(TrainingSet.WEIGHT));
        groups().ifPresent(groups -> columns.add(groups.group().as(TrainingSet.GROUP)));
        units().ifPresent(units -> columns.add(units.unit(key()).as(TrainingSet.UNIT)));
        return columns;
    }

    private Column reason(Parts parts) {
        return coalesce(
                source.reason(),
                unlabelled(),
                when(unexposed(), DropReason.NO_EXPOSURE.text()),
                when(groups().map(RowGroup::isMissing).orElse(lit(false)), DropReason.NO_GROUP.text()),
                when(parts.declared().nowhere(), DropReason.OUTSIDE_SPLIT.text()),
                when(parts.purged().nowhere(), DropReason.PURGED.text()),
                when(parts.left().nowhere(), DropReason.KNOWN_POSITIVE.text()));
    }

    /** Why a row has no label yet, or none at all; null where it has one. */
    private Column unlabelled() {
        Column label = label();
        DataType type = type(definition.label());
        Column missing = type instanceof DoubleType || type instanceof FloatType
                ? label.isNull().or(isnan(label))
                : label.isNull();
        Column late = labelBound
                .map(bound -> coalesce(labelKnown().geq(lit(bound)), lit(true)))
                .orElse(lit(false));
        return coalesce(when(missing, DropReason.NULL_LABEL.text()), when(late, DropReason.UNKNOWN_LABEL.text()));
    }

    /** Nothing was collected over no exposure, and what a label says about it is undefined. */
    private Column unexposed() {
        return definition.exposure().isPresent()
                ? coalesce(not(exposure().gt(0).and(exposure().leq(Float.MAX_VALUE))), lit(true))
                : lit(false);
    }

    private Optional<RowGroup> groups() {
        return definition.group().map(sql -> RowGroup.of("group", sql, source));
    }

    private Optional<RowGroup> units() {
        return definition.unit().map(sql -> RowGroup.of("unit", sql, source));
    }

    /** When the label is known: null for one that never is. */
    private Column labelKnown() {
        return LabelTime.of(definition, source).orElseGet(() -> source.time().orElseThrow());
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
        if (definition.split() instanceof Split.ColumnFoldSplit column) {
            return column("split by", column.column()).cast("string");
        }
        Column own = key().cast("string");
        Optional<String> together = definition.split() instanceof Split.FoldSplit folds
                ? folds.on()
                : ((Split.HashSplit) definition.split()).on();
        return together.map(column -> coalesce(column("split on", column).cast("string"), own))
                .orElse(own);
    }

    /** Rows that are no examples are a stratum of their own, so that the folds do not depend on them. */
    private Column stratum() {
        Column label = label();
        boolean stratified = definition.split() instanceof Split.FoldSplit folds && folds.stratified();
        DataType type = type(definition.label());
        if (stratified && (type instanceof DoubleType || type instanceof FloatType)) {
            throw new SourceException(
                    "Cannot stratify training set '%s': its label '%s' is a number of type %s and no class; remove 'stratify' from its split"
                            .formatted(definition.name(), definition.label(), type.simpleString()));
        }
        return struct(source.reason().isNull().as("example"), label.as("label"));
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

    /** What is predicted: the label, or where there is an exposure, its share of one unit of that. */
    private Column target() {
        return definition.exposure().isPresent()
                ? column("use as label", definition.label(), Set.of(Kind.NUMBER))
                        .cast("double")
                        .divide(exposure())
                : label();
    }

    private Column weight() {
        Column weight = definition
                .weight()
                .map(name -> column("use as weight", name, Set.of(Kind.NUMBER)).cast("double"))
                .orElseGet(() -> lit(1.0));
        return definition.exposure().isPresent() ? weight.multiply(exposure()) : weight;
    }

    private Column exposure() {
        return column("use as exposure", definition.exposure().orElseThrow(), Set.of(Kind.NUMBER))
                .cast("double");
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
        return col(quoted(actual(use, name)));
    }

    private DataType type(String name) {
        return source.rows().schema().apply(actual("type", name)).dataType();
    }

    private String actual(String use, String name) {
        return source.columns().require("%s '%s' in training set '%s'".formatted(use, name, definition.name()), name);
    }
}
