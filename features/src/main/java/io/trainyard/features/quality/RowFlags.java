package io.trainyard.features.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.features.source.Analysis;
import io.trainyard.features.source.RowText;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import scala.collection.JavaConverters;

/**
 * Compiles tests of rows to columns that are true where a row fails, and never null.
 *
 * @param table names the rows for people
 * @param eventTime the column that says which of several equal rows is the first
 * @param references the rows of a source that a test refers to
 */
record RowFlags(String table, Optional<String> eventTime, Function<Source, Dataset<Row>> references) {

    /** The rows with one more column, which says whether a row fails. No row is added or left out. */
    Dataset<Row> flag(Dataset<Row> rows, Test test, String flag) {
        TestedColumns columns = new TestedColumns(table, rows);
        return test instanceof Test.References reference
                ? new ReferenceKeys(columns, reference).flag(references.apply(reference.source()), flag)
                : Analysis.check(
                        () -> rows.withColumn(flag, coalesce(fails(columns, test), lit(false))),
                        e -> columns.refuse(test.describe(), Analysis.reason(e)).getMessage());
    }

    private Column fails(TestedColumns columns, Test test) {
        if (test instanceof Test.NotNull some) {
            return anyNull(columns.of(some.columns(), test.describe()));
        }
        if (test instanceof Test.Unique unique) {
            return repeats(columns, unique);
        }
        if (test instanceof Test.Range range) {
            return outside(columns, range);
        }
        if (test instanceof Test.InSet set) {
            return not(AllowedValues.of(set)
                    .hold(columns.of(set.column(), test.describe()), columns.type(set.column(), test.describe())));
        }
        if (test instanceof Test.Matches pattern) {
            return not(
                    columns.of(pattern.column(), test.describe()).cast("string").rlike(whole(columns, pattern)));
        }
        if (test instanceof Test.Sql sql) {
            return not(condition(columns, sql));
        }
        throw new IllegalStateException("No test of single rows: " + test.describe());
    }

    /** Rows with a null are equal to nothing; each is put by itself, since together they would be one partition of any size. */
    private Column repeats(TestedColumns columns, Test.Unique unique) {
        List<Column> keys = columns.of(unique.columns(), unique.describe());
        Column content = xxhash64(RowText.of(columns.rows().select(FlaggedRows.columns(columns.rows()))));
        Column[] partition = Stream.concat(keys.stream(), Stream.of(when(anyNull(keys), content)))
                .toArray(Column[]::new);
        Column[] order = Stream.concat(
                        eventTime.stream()
                                .map(time -> columns.of(time, unique.describe()).asc_nulls_last()),
                        Stream.of(content))
                .toArray(Column[]::new);
        return row_number()
                .over(Window.partitionBy(partition).orderBy(order))
                .gt(1)
                .and(not(anyNull(keys)));
    }

    private static Column outside(TestedColumns columns, Test.Range range) {
        DataType type = columns.type(range.column(), range.describe());
        if (!(type instanceof NumericType)) {
            throw columns.refuse(
                    range.describe(),
                    "column '%s' is of type %s, not a number; use sql with a condition on it"
                            .formatted(range.column(), type.simpleString()));
        }
        Column value = columns.of(range.column(), range.describe()).cast(DataTypes.DoubleType);
        Column below = range.min().map(min -> value.lt(lit(min))).orElse(lit(false));
        Column above = range.max().map(max -> value.gt(lit(max))).orElse(lit(false));
        return below.or(above).or(isnan(value));
    }

    private static String whole(TestedColumns columns, Test.Matches test) {
        try {
            return "\\A(?:%s)\\z".formatted(Pattern.compile(test.pattern()).pattern());
        } catch (PatternSyntaxException e) {
            throw columns.refuse(test.describe(), "it is no regular expression: %s".formatted(e.getDescription()));
        }
    }

    private static Column condition(TestedColumns columns, Test.Sql test) {
        Column condition = Analysis.check(
                () -> expr(test.condition()),
                e -> columns.refuse(test.describe(), Analysis.reason(e)).getMessage());
        Dataset<Row> selected = columns.rows().select(condition);
        DataType type = selected.schema().fields()[0].dataType();
        if (!type.equals(DataTypes.BooleanType)) {
            throw columns.refuse(test.describe(), "it is of type %s, not true or false".formatted(type.simpleString()));
        }
        boolean fixed = JavaConverters.seqAsJavaList(
                        selected.queryExecution().analyzed().expressions())
                .stream()
                .allMatch(Expression::deterministic);
        if (!fixed) {
            throw columns.refuse(test.describe(), "it depends on chance, so that no two builds would agree");
        }
        return condition;
    }

    private static Column anyNull(List<Column> columns) {
        return columns.stream().map(Column::isNull).reduce(lit(false), Column::or);
    }
}
