package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.Analysis;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.features.view.TrainingDefinition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** What must hold for examples before they become a version. */
record ExampleChecks(TrainingDefinition definition) {

    private static final int SHOWN = 3;

    /** Test rows of their own must have, column by column, what the others have. */
    void requireSameKinds(Examples rows, Examples tests, Dataset<Row> divided, Dataset<Row> tested) {
        for (StructField field : divided.schema().fields()) {
            Kind wanted = Kind.of(field.dataType()).orElseThrow();
            Kind found = Kind.of(tested.schema().apply(field.name()).dataType()).orElseThrow();
            if (wanted != found) {
                throw new SourceException("Cannot test on source '%s': '%s' is %s there, but %s in source '%s'"
                        .formatted(
                                tests.source().source().name(),
                                declaredName(rows, field.name()),
                                found,
                                wanted,
                                rows.source().source().name()));
            }
        }
    }

    /** Runs what computes the examples; a row that no declaration foresaw, such as one that a cast refuses, fails there. */
    <T> T requireReadable(Callable<T> step) {
        return Analysis.check(
                step,
                e -> "Cannot build training set '%s': a row of its sources cannot be computed: %s"
                        .formatted(definition.name(), Analysis.reason(e)));
    }

    void requireWeights(Dataset<Row> examples) {
        if (definition.weight().isEmpty()) {
            return;
        }
        Column weight = col(TrainingSet.WEIGHT);
        // Learners take weights as floats. A comparison with NaN, the greatest of all doubles to Spark, needs no case
        // of its own.
        Column usable = weight.isNotNull().and(weight.between(0, Float.MAX_VALUE));
        Row bad = examples.filter(not(usable))
                .agg(count(lit(1)).as("rows"), min(weight).cast("string").as("example"))
                .first();
        if (bad.<Long>getAs("rows") > 0) {
            throw new SourceException(
                    "Cannot use column '%s' as weight in training set '%s': %d rows have a negative weight, an infinite one or none, such as %s; mend them"
                            .formatted(
                                    definition.weight().get(),
                                    definition.name(),
                                    bad.<Long>getAs("rows"),
                                    bad.<String>getAs("example")));
        }
        requireEveryPartToWeigh(examples);
    }

    private void requireEveryPartToWeigh(Dataset<Row> examples) {
        Map<String, Column> parts = new LinkedHashMap<>();
        for (int fold = 0; fold < definition.split().folds(); fold++) {
            String of = definition.split().folds() == 1 ? "" : " of fold " + fold;
            parts.put("train" + of, TrainingSet.trainsIn(fold));
            parts.put("validation" + of, TrainingSet.validatesIn(fold));
        }
        parts.put("train of the final fit", col(TrainingSet.FINAL).equalTo(SplitColumns.TRAIN));
        parts.put("test", col(TrainingSet.FINAL).equalTo(SplitColumns.TEST));
        Column[] weights = parts.entrySet().stream()
                .map(part -> max(when(part.getValue(), col(TrainingSet.WEIGHT))).as(part.getKey()))
                .toArray(Column[]::new);
        Row heaviest = examples.agg(weights[0], Arrays.copyOfRange(weights, 1, weights.length))
                .first();
        for (String part : parts.keySet()) {
            if (Double.valueOf(0).equals(heaviest.<Double>getAs(part))) {
                throw new SourceException(
                        "Cannot use column '%s' as weight in training set '%s': all %s rows weigh 0; give some of them a weight"
                                .formatted(definition.weight().get(), definition.name(), part));
            }
        }
    }

    void requireUniqueKeys(Dataset<Row> examples) {
        if (definition.key().isEmpty()) {
            return; // made unique
        }
        String key = definition.key().get();
        long missing = examples.filter(col(TrainingSet.KEY).isNull()).count();
        if (missing > 0) {
            throw new SourceException(
                    "Cannot use column '%s' as key of training set '%s': it is null in %d rows; mend them, name another column, or none"
                            .formatted(key, definition.name(), missing));
        }
        List<Row> repeated = examples.groupBy(
                        col(TrainingSet.KEY).cast("string").as("key"))
                .count()
                .filter(col("count").gt(1))
                .orderBy("key")
                .limit(SHOWN)
                .collectAsList();
        if (!repeated.isEmpty()) {
            throw new SourceException(
                    "Cannot use column '%s' as key of training set '%s': it repeats, such as %s; name a unique column, or none"
                            .formatted(
                                    key,
                                    definition.name(),
                                    repeated.stream()
                                            .map(row -> "%s (%d rows)"
                                                    .formatted(row.getAs("key"), row.<Long>getAs("count")))
                                            .collect(Collectors.joining(", "))));
        }
    }

    private String declaredName(Examples rows, String column) {
        return switch (column) {
            case TrainingSet.KEY -> definition.key().orElse(column);
            case TrainingSet.LABEL -> definition.label();
            default ->
                rows.features().stream()
                        .filter(feature -> feature.column().equals(column))
                        .map(FeatureColumn::name)
                        .findFirst()
                        .orElse(column);
        };
    }
}
