package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.MapPartitions;
import org.apache.spark.sql.catalyst.plans.logical.SerializeFromObject;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;

/** Datasets by rows as Spark itself keeps them: turning every value into an object of Java's and back takes longer than the join. */
final class SparkRows {

    private static final Seq<String> NONE = seq(List.of());

    private SparkRows() {}

    /** Rows, in and out, are good until the next is asked for: what is kept must be copied. */
    interface Walk extends Serializable {
        Iterator<InternalRow> over(Iterator<InternalRow> rows);
    }

    /**
     * {@link Dataset#mapPartitions}, without turning rows into objects.
     *
     * @param output columns of the rows that the walk makes
     */
    static Dataset<Row> mapPartitions(Dataset<Row> rows, Walk walk, StructType output) {
        List<NamedExpression> columns = new ArrayList<>();
        for (StructField field : output.fields()) {
            columns.add(new Alias(
                    value(new BoundReference(0, output, false), columns.size(), field),
                    field.name(),
                    NamedExpression.newExprId(),
                    NONE,
                    Option.apply(field.metadata()),
                    NONE));
        }
        MapPartitions mapped = new MapPartitions(
                new Walked(walk),
                new AttributeReference("row", output, false, Metadata.empty(), NamedExpression.newExprId(), NONE),
                rows.select(struct(col("*"))).queryExecution().analyzed());
        return Dataset.ofRows(rows.sparkSession(), new SerializeFromObject(seq(columns), mapped));
    }

    /**
     * A field of a row. Spark's optimizer leaves fields out of structs that nobody reads, and finds them in serializers of the form that it
     * makes itself alone: where a struct is taken as it is, what is read of it later would be read from the wrong places.
     */
    private static Expression value(Expression row, int position, StructField field) {
        Expression value = new GetStructField(row, position, Option.empty());
        if (!(field.dataType() instanceof StructType struct)) {
            return value;
        }
        List<Expression> fields = new ArrayList<>();
        for (int i = 0; i < struct.size(); i++) {
            fields.add(Literal.create(struct.fields()[i].name(), DataTypes.StringType));
            fields.add(value(value, i, struct.fields()[i]));
        }
        return new If(new IsNull(value), Literal.create(null, struct), new CreateNamedStruct(seq(fields)));
    }

    /** {@link Dataset#collect}, without turning rows into objects. */
    static List<InternalRow> collect(Dataset<Row> rows) {
        QueryExecution execution = rows.queryExecution();
        return List.of(SQLExecution.withNewExecutionId(
                execution,
                Option.apply("collect"),
                () -> execution.executedPlan().executeCollect()));
    }

    private static final class Walked
            extends AbstractFunction1<scala.collection.Iterator<Object>, scala.collection.Iterator<Object>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final Walk walk;

        Walked(Walk walk) {
            this.walk = walk;
        }

        @Override
        @SuppressWarnings("unchecked") // Spark passes what the plan above says
        public scala.collection.Iterator<Object> apply(scala.collection.Iterator<Object> rows) {
            Iterator<?> ours = JavaConverters.asJavaIterator(rows);
            Iterator<?> walked = walk.over((Iterator<InternalRow>) ours);
            return JavaConverters.asScalaIterator((Iterator<Object>) walked);
        }
    }

    private static <T> scala.collection.immutable.List<T> seq(List<T> elements) {
        return JavaConverters.asScalaBuffer(elements).toList();
    }
}
