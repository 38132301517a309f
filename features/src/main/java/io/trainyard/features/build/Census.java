package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.source.SourceException;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.features.view.TrainingDefinition;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many rows stay, in which part, and how many go, why.
 *
 * @param dropped rows by reason; reasons that hold for no row are left out
 */
record Census(long kept, SortedMap<String, Long> dropped, SplitSizes sizes) {

    /** @param folds of the search */
    static Census of(Dataset<Row> examples, int folds) {
        SortedMap<String, Long> dropped = new TreeMap<>();
        long[] trains = new long[folds];
        long[] validates = new long[folds];
        SortedMap<String, Long> finalFit = new TreeMap<>();
        long kept = 0;
        for (Row group : examples.groupBy(Examples.REASON, TrainingSet.TRAINS, TrainingSet.VALIDATES, TrainingSet.FINAL)
                .count()
                .collectAsList()) {
            long rows = group.<Long>getAs("count");
            String reason = group.getAs(Examples.REASON);
            if (reason != null) {
                dropped.merge(reason, rows, Long::sum);
                continue;
            }
            kept += rows;
            addWhereSet(group.<Long>getAs(TrainingSet.TRAINS), rows, trains);
            addWhereSet(group.<Long>getAs(TrainingSet.VALIDATES), rows, validates);
            finalFit.merge(String.valueOf(group.<String>getAs(TrainingSet.FINAL)), rows, Long::sum);
        }
        SplitSizes sizes = new SplitSizes(
                IntStream.range(0, folds)
                        .mapToObj(fold -> new SplitSizes.Fold(trains[fold], validates[fold]))
                        .toList(),
                finalFit.getOrDefault(SplitColumns.TRAIN, 0L),
                finalFit.getOrDefault(SplitColumns.TEST, 0L));
        return new Census(kept, dropped, sizes);
    }

    private static void addWhereSet(long mask, long rows, long[] folds) {
        for (int fold = 0; fold < folds.length; fold++) {
            folds[fold] += (mask >>> fold & 1) * rows;
        }
    }

    /** The rows that stay. */
    static Dataset<Row> kept(Dataset<Row> examples) {
        return examples.filter(col(Examples.REASON).isNull()).drop(Examples.REASON);
    }

    /** Refuses a training set that nothing could be trained on, judged by or tested with. */
    void requireAllParts(TrainingDefinition definition) {
        String source = definition.rows().name();
        long total = kept + dropped.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            throw new SourceException(
                    "Cannot build training set '%s': source '%s' has no rows".formatted(definition.name(), source));
        }
        if (dropped.getOrDefault(DropReason.AFTER_AS_OF.text(), 0L) == total) {
            throw new SourceException(
                    "Cannot build training set '%s': all %d rows of source '%s' are at or after the logical time; give a later --as-of"
                            .formatted(definition.name(), total, source));
        }
        if (dropped.getOrDefault(DropReason.NULL_LABEL.text(), 0L) == total) {
            throw new SourceException(
                    "Cannot build training set '%s': label '%s' is null in all %d rows of source '%s'; name another column"
                            .formatted(definition.name(), definition.label(), total, source));
        }
        if (!sizes.complete()) {
            throw new SourceException(
                    "Cannot split training set '%s' %s: of %d rows, %s; every part needs some; change training.split, or bring more rows (dropped: %s)"
                            .formatted(definition.name(), definition.split().describe(), total, sizes, dropped));
        }
    }
}
