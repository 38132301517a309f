package io.trainyard.features.asof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Joins examples with the features of their entities as they were known at each example's time.
 *
 * <p>A row of a view counts at time T if it happened at or before T less the view's delay, and was known at T. Of a view of columns, the
 * newest such row counts; rows of one event time are told apart by when they became visible, then by their values. Keys that are null or
 * NaN match nothing, nor does an example without a time match what has one. Sums are exact before they are rounded, once. So a result
 * depends on the rows alone: not on their order, nor on how the join is carried out.
 */
public final class AsOfJoin {

    private final SparkSession spark;
    private final AsOfSettings settings;

    public AsOfJoin(SparkSession spark, AsOfSettings settings) {
        this.spark = spark;
        this.settings = settings;
    }

    /**
     * Exactly one row for each of the examples: its columns, then {@link io.trainyard.features.view.View#features()} of the views in order.
     * Looks at the examples' times, and at the rows of small views, before it returns.
     *
     * @param time the examples' column, a timestamp
     * @throws io.trainyard.features.source.SourceException if a column is missing, or of a type that cannot be joined
     */
    public Dataset<Row> join(Dataset<Row> examples, String time, List<ViewRows> views) {
        ExampleColumns columns = ExampleColumns.of(examples.schema(), time);
        Dataset<Row> renamed = columns.renamed(examples);
        Dataset<Row> joined = renamed;
        Map<String, Feature> features = new HashMap<>();
        for (Step step : steps(columns, renamed, views)) {
            joined = step.join(joined);
            step.features().forEach(feature -> features.put(feature.name(), feature));
        }
        List<Feature> ordered = views.stream()
                .flatMap(view -> view.view().features().stream())
                .map(features::get)
                .toList();
        return columns.restored(joined, ordered);
    }

    /** How {@link #join} would go about it; looks at the data as it would. */
    public AsOfPlan plan(Dataset<Row> examples, String time, List<ViewRows> views) {
        ExampleColumns columns = ExampleColumns.of(examples.schema(), time);
        return new AsOfPlan(steps(columns, columns.renamed(examples), views).stream()
                .map(Step::describe)
                .toList());
    }

    private List<Step> steps(ExampleColumns columns, Dataset<Row> examples, List<ViewRows> views) {
        return new Planner(spark, settings, columns, examples).steps(views);
    }
}
