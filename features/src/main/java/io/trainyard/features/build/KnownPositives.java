package io.trainyard.features.build;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.split.Interval;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.features.split.TimeWindows;
import io.trainyard.features.view.TrainingDefinition;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Since when entities were known to be positive, such as cards known to be compromised: nobody waits for a model's judgement of them,
 * so it is not judged by them.
 *
 * @param entity the column that says whose row it is
 * @param known when a label is known
 */
record KnownPositives(TimeWindows windows, Column entity, Column label, Column known) {

    private static final String ENTITY = "_known_entity";
    private static final String TO_FOLD = "_known_to_fold_";
    private static final String TO_FINAL = "_known_to_final";

    /** The source's rows with the moments since which their entity was known; null where it was not. */
    Dataset<Row> mark(TimedRows source, TrainingDefinition definition) {
        Column time = source.time().orElseThrow();
        Column[] toFolds = IntStream.range(0, windows.folds().size())
                .mapToObj(fold -> earliest(time, windows.folds().get(fold).train(), TO_FOLD + fold))
                .toArray(Column[]::new);
        Dataset<Row> positives = source.rows()
                .where(source.reason()
                        .isNull()
                        .and(positive(definition, source))
                        .and(known.isNotNull()))
                .groupBy(entity.as(ENTITY))
                .agg(earliest(time, windows.finalTrain(), TO_FINAL), toFolds);
        return source.rows().join(positives, entity.equalTo(col(ENTITY)), "left");
    }

    /** The split without the rows that are known before they are judged. */
    SplitColumns without(SplitColumns parts, Column time) {
        List<Column> toFolds = IntStream.range(0, windows.folds().size())
                .mapToObj(fold -> col(TO_FOLD + fold))
                .toList();
        return parts.withoutKnown(time, toFolds, col(TO_FINAL));
    }

    /** When the first label since the start of a window to fit on was known. */
    private Column earliest(Column time, Interval train, String name) {
        return min(when(time.geq(lit(train.from())), known)).as(name);
    }

    private Column positive(TrainingDefinition definition, TimedRows source) {
        if (definition.positive().isPresent()) {
            String declared = definition.positive().get();
            return coalesce(
                    lower(label.cast("string"))
                            .equalTo(declared.toLowerCase(Locale.ROOT))
                            .or(label.cast("double").equalTo(lit(declared).cast("double"))),
                    lit(false));
        }
        Kind kind = Kind.of(source.rows().select(label).schema().fields()[0].dataType())
                .orElseThrow();
        return switch (kind) {
            case NUMBER, BOOLEAN -> coalesce(label.cast("double").equalTo(1), lit(false));
            case TEXT, DATE, TIMESTAMP ->
                throw new SourceException(
                        "Cannot drop known rows from training set '%s': no value of label '%s' says by itself that it is positive; declare it as training.positive"
                                .formatted(definition.name(), definition.label()));
        };
    }
}
