package io.trainyard.features.build;

import static org.apache.spark.sql.functions.expr;

import io.trainyard.features.source.Analysis;
import io.trainyard.features.source.NearestName;
import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.source.SourceException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import scala.collection.JavaConverters;

/**
 * SQL that may depend on the row it is computed for and on nothing else.
 *
 * @param what is computed, for messages: {@code feature 'hour'}
 */
record RowExpression(String what, String sql) {

    static RowExpression ofFeature(String name, String sql) {
        return new RowExpression("feature '%s'".formatted(name), sql);
    }

    /**
     * The type of its values.
     *
     * @throws SourceException if it does not parse, names a column that is not there, or depends on more than a row
     */
    DataType typeOver(Dataset<Row> rows, SourceColumns columns) {
        Dataset<Row> selected = Analysis.check(() -> rows.select(expr(sql)), e -> explain(e, columns));
        requireOneRow(rows, selected);
        return selected.schema().fields()[0].dataType();
    }

    /** The columns that it is computed of, as the rows spell them. */
    Set<String> references(Dataset<Row> rows) {
        Set<String> names = new TreeSet<>();
        LogicalPlan plan = rows.select(expr(sql)).queryExecution().analyzed();
        for (Expression expression : JavaConverters.seqAsJavaList(plan.expressions())) {
            expression.references().toSeq().foreach(attribute -> names.add(attribute.name()));
        }
        return names;
    }

    private void requireOneRow(Dataset<Row> rows, Dataset<Row> selected) {
        LogicalPlan plan = selected.queryExecution().analyzed();
        if (!(plan instanceof Project project
                && project.child().fastEquals(rows.queryExecution().analyzed()))) {
            throw refuse("it depends on other rows; compute it in the source's query, or in a view");
        }
        for (Expression expression : JavaConverters.seqAsJavaList(plan.expressions())) {
            if (!expression.deterministic() || expression.exists(RowExpression::dependsOnMore)) {
                throw refuse("it depends on more than the row, such as chance, the clock or another table");
            }
        }
    }

    private static boolean dependsOnMore(Expression part) {
        return part instanceof CurrentTimestampLike
                || part instanceof CurrentDate
                || part instanceof LocalTimestamp
                || part instanceof SubqueryExpression;
    }

    private SourceException refuse(String reason) {
        return new SourceException("Cannot compute %s = %s: %s".formatted(what, sql, reason));
    }

    private String explain(Exception exception, SourceColumns columns) {
        String reason = exception instanceof AnalysisException analysis
                        && String.valueOf(analysis.getErrorClass()).startsWith("UNRESOLVED_COLUMN")
                ? missing(analysis.getMessageParameters().get("objectName").replace("`", ""), columns)
                : Analysis.reason(exception);
        return "Cannot compute %s = %s: %s".formatted(what, sql, reason);
    }

    private static String missing(String column, SourceColumns columns) {
        return "column '%s' not found in source '%s'%s"
                .formatted(column, columns.source().name(), NearestName.hint(column, columns.names()));
    }
}
