package io.trainyard.features.build;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.trainyard.features.asof.AsOfJoin;
import io.trainyard.features.asof.AsOfPlan;
import io.trainyard.features.asof.AsOfSettings;
import io.trainyard.features.asof.ViewRows;
import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.SourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The features of views, joined to examples that carry what {@link ViewKeys} says.
 *
 * @param columns in which each feature will be, by its name
 */
record JoinedViews(SparkSession spark, ViewKeys keys, List<FeatureTable> tables, Map<String, String> columns) {

    /** The examples' own columns, out of the way of the features' names. */
    private static final String EXAMPLE = "_example";

    List<FeatureColumn> features() {
        List<FeatureColumn> features = new ArrayList<>();
        tables.forEach(table -> table.layout()
                .features()
                .forEach((name, type) -> features.add(
                        new FeatureColumn(name, columns.get(name), Kind.of(type).orElseThrow()))));
        return features;
    }

    List<Input> inputs() {
        return tables.stream().map(FeatureTable::input).toList();
    }

    /** The examples with the features and without what they carried for them. */
    Dataset<Row> join(Dataset<Row> examples) {
        if (tables.isEmpty()) {
            return examples;
        }
        Dataset<Row> joined = declaring(
                () -> new AsOfJoin(spark, AsOfSettings.defaults()).join(packed(examples), Examples.TIME, views()));
        List<Column> selected = new ArrayList<>();
        own(examples).forEach(name -> selected.add(col(EXAMPLE).getField(name).as(name)));
        features().forEach(feature -> selected.add(col(quoted(feature.name())).as(feature.column())));
        return joined.select(selected.toArray(Column[]::new));
    }

    /** How the join would go about it. */
    AsOfPlan plan(Dataset<Row> examples) {
        AsOfPlan plan = declaring(
                () -> new AsOfJoin(spark, AsOfSettings.defaults()).plan(packed(examples), Examples.TIME, views()));
        return new AsOfPlan(plan.lines().stream().map(keys::declared).toList());
    }

    /** What the join refuses, in the pipeline's own names of columns. */
    private <T> T declaring(Supplier<T> step) {
        try {
            return step.get();
        } catch (SourceException e) {
            throw new SourceException(keys.declared(e.getMessage()), e);
        }
    }

    private List<ViewRows> views() {
        return tables.stream()
                .map(table -> {
                    ViewRows rows = table.rows(spark);
                    return new ViewRows(rows.view().withEntity(keys.carried(rows.view())), rows.rows(), rows.knownAt());
                })
                .toList();
    }

    private Dataset<Row> packed(Dataset<Row> examples) {
        List<Column> packed = new ArrayList<>();
        packed.add(struct(own(examples).stream().map(name -> col(quoted(name))).toArray(Column[]::new))
                .as(EXAMPLE));
        packed.add(
                Arrays.asList(examples.columns()).contains(Examples.TIME)
                        ? col(Examples.TIME)
                        : lit(null).cast("timestamp").as(Examples.TIME));
        keys.names().values().forEach(name -> packed.add(col(name)));
        return examples.select(packed.toArray(Column[]::new));
    }

    private List<String> own(Dataset<Row> examples) {
        return Arrays.stream(examples.columns())
                .filter(name -> !name.equals(Examples.TIME) && !keys.names().containsValue(name))
                .toList();
    }
}
