package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many examples have which label, where there are few labels; nothing where the label is a number of many values. */
final class LabelCounts {

    private static final int FEW = 20;

    private LabelCounts() {}

    static SortedMap<String, Long> of(Dataset<Row> examples) {
        SortedMap<String, Long> counts = new TreeMap<>();
        examples.groupBy(col(TrainingSet.LABEL).cast("string").as("label"))
                .count()
                .limit(FEW + 1)
                .collectAsList()
                .forEach(row -> counts.put(row.getAs("label"), row.<Long>getAs("count")));
        return counts.size() > FEW ? new TreeMap<>() : counts;
    }
}
