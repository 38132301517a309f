package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.asof.ViewRows;
import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns of a view's feature table: the entity, {@link ViewRows#EVENT_TIME}, what the features are made of, and when that is known
 * where it is later than the row.
 *
 * @param columns what a column holds, over the rows of the source, by the name that the view gives it
 * @param physical names in the table by the view's names
 * @param knownAt the column that says when a value is known, by the value's name; values without one are known at the event time
 * @param types of the values
 */
record ViewLayout(
        View view,
        Map<String, Column> columns,
        Map<String, String> physical,
        Map<String, String> knownAt,
        Map<String, DataType> types) {

    private static final String KNOWN_AT = "_known_at";

    /** Settles the layout over the rows of a view's source, none of which is read. */
    static ViewLayout of(View view, TimedRows source) {
        Map<String, Column> columns = new LinkedHashMap<>();
        List<String> named = new ArrayList<>();
        view.entity().forEach(key -> {
            String actual =
                    source.columns().require("identify the entity of view '%s'".formatted(view.name()), key.column());
            columns.put(key.column(), col(quoted(actual)));
            named.add(key.column());
        });
        Map<String, DataType> types = new LinkedHashMap<>();
        Map<String, String> knownAt = new LinkedHashMap<>();
        Map<Set<String>, String> knownColumns = new LinkedHashMap<>();
        names(view).forEach(name -> {
            Optional<String> sql = Optional.ofNullable(view.values().get(name));
            sql.ifPresent(value -> {
                DataType type = value(view, name, value).typeOver(source.rows(), source.columns());
                requireUsable(view, name, type);
                types.put(name, type.equals(DataTypes.TimestampNTZType) ? DataTypes.TimestampType : type);
                columns.put(name, stored(view, name, value, type));
                named.add(name);
            });
            Set<String> known = known(view, name, sql, source);
            if (!known.isEmpty()) {
                knownAt.put(
                        name, knownColumns.computeIfAbsent(known, any -> KNOWN_AT + "_" + (knownColumns.size() + 1)));
            }
        });
        Map<String, String> physical = new LinkedHashMap<>(PhysicalNames.of(named));
        source.time().ifPresent(time -> columns.put(ViewRows.EVENT_TIME, time));
        knownColumns.forEach((known, column) -> columns.put(column, latest(view, known, source)));
        columns.keySet().forEach(column -> physical.putIfAbsent(column, column));
        return new ViewLayout(view, columns, physical, knownAt, types);
    }

    /**
     * The rows of the table, made of rows of the source.
     *
     * @param marks columns of the rows to keep beside
     */
    Dataset<Row> project(Dataset<Row> source, Column... marks) {
        Stream<Column> own =
                columns.entrySet().stream().map(column -> column.getValue().as(physical.get(column.getKey())));
        return source.select(Stream.concat(own, Stream.of(marks)).toArray(Column[]::new));
    }

    /** Rows of the table under the view's names, as the join takes them. */
    ViewRows rows(Dataset<Row> table) {
        Dataset<Row> named = table.select(columns.keySet().stream()
                .map(column -> col(quoted(physical.get(column))).as(column))
                .toArray(Column[]::new));
        return new ViewRows(view, named, knownAt);
    }

    /** The types of the view's features, in their order. */
    Map<String, DataType> features() {
        Map<String, DataType> features = new LinkedHashMap<>();
        if (view instanceof View.Aggregates aggregates) {
            aggregates
                    .aggregates()
                    .forEach((name, aggregate) -> aggregates
                            .windows()
                            .forEach(window ->
                                    features.put(aggregates.feature(name, window), type(aggregate, types.get(name)))));
            return features;
        }
        view.values().keySet().forEach(name -> features.put(view.name() + "_" + name, types.get(name)));
        return features;
    }

    private static DataType type(Aggregate aggregate, DataType argument) {
        return switch (aggregate.function()) {
            case MIN, MAX, FIRST, LAST -> argument;
            case COUNT, COUNT_DISTINCT -> DataTypes.LongType;
            case SUM, AVG, STDDEV, TIME_SINCE_LAST -> DataTypes.DoubleType;
        };
    }

    /** Rows that can never count: of no entity, or of no time. */
    Column unusable() {
        Column unusable = lit(false);
        for (View.EntityColumn key : view.entity()) {
            unusable = unusable.or(columns.get(key.column()).isNull());
        }
        Column time = columns.get(ViewRows.EVENT_TIME);
        return time == null ? unusable : unusable.or(time.isNull());
    }

    private static List<String> names(View view) {
        return view instanceof View.Aggregates aggregates
                ? List.copyOf(aggregates.aggregates().keySet())
                : List.copyOf(view.values().keySet());
    }

    private static boolean calculates(Aggregate aggregate) {
        return switch (aggregate.function()) {
            case SUM, AVG, STDDEV -> true;
            case COUNT, COUNT_DISTINCT, MIN, MAX, FIRST, LAST, TIME_SINCE_LAST -> false;
        };
    }

    private static boolean calculates(View view, String name) {
        return view instanceof View.Aggregates aggregates
                && calculates(aggregates.aggregates().get(name));
    }

    private static RowExpression value(View view, String name, String sql) {
        return new RowExpression("'%s' of view '%s'".formatted(name, view.name()), sql);
    }

    private static void requireUsable(View view, String name, DataType type) {
        Kind kind = Kind.of(type.equals(DataTypes.TimestampNTZType) ? DataTypes.TimestampType : type)
                .orElseThrow(() -> new SourceException(
                        "Cannot use '%s' in view '%s': it is of type %s, and no model takes that; compute a number or a text from it"
                                .formatted(name, view.name(), type.simpleString())));
        if (calculates(view, name) && kind != Kind.NUMBER && kind != Kind.BOOLEAN) {
            throw new SourceException(
                    "Cannot compute '%s' of view '%s': its argument is of type %s, and only numbers can be added; cast it, or count it"
                            .formatted(name, view.name(), type.simpleString()));
        }
    }

    /** Shares of a yes or no are what people mean by its average. */
    private static Column stored(View view, String name, String sql, DataType type) {
        if (type.equals(DataTypes.TimestampNTZType)) {
            return expr(sql).cast(DataTypes.TimestampType);
        }
        return type instanceof BooleanType && calculates(view, name) ? expr(sql).cast("int") : expr(sql);
    }

    /** The expressions by which a value is known, one for every column that it is computed of and that has one. */
    private static Set<String> known(View view, String name, Optional<String> sql, TimedRows source) {
        KnownAt known = view.source().knownAt();
        Set<String> columns = sql.map(value -> value(view, name, value).references(source.rows()))
                .orElse(Set.of());
        if (columns.isEmpty()) {
            return known.rows().map(Set::of).orElse(Set.of());
        }
        Set<String> expressions = new TreeSet<>();
        columns.forEach(column -> known.of(column).ifPresent(expressions::add));
        return expressions;
    }

    /** Known once all of it is; never, if some of it never is. */
    private static Column latest(View view, Set<String> expressions, TimedRows source) {
        List<Column> moments = expressions.stream()
                .map(sql -> KnownTime.of(view.source(), sql, source.rows()))
                .toList();
        if (moments.size() == 1) {
            return moments.get(0);
        }
        Column all = lit(true);
        for (Column moment : moments) {
            all = all.and(coalesce(moment.isNotNull(), lit(false)));
        }
        return when(all, greatest(moments.toArray(Column[]::new)));
    }
}
