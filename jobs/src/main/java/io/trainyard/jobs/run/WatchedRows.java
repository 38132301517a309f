package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.ObservedRows;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.profile.Profile;
import io.trainyard.jobs.monitor.TimeWindow;
import io.trainyard.tuning.metric.Task;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows of some windows with what a model says of them, predicted once and kept until this is closed. */
final class WatchedRows implements AutoCloseable {
    /** The number of the window that a row is in. */
    static final String WINDOW = "_window";

    private final Dataset<Row> rows;
    private final Scorer scorer;
    private final List<FeatureColumn> features;

    private WatchedRows(Dataset<Row> rows, Scorer scorer, List<FeatureColumn> features) {
        this.rows = rows;
        this.scorer = scorer;
        this.features = features;
    }

    /** @param windows which all selected rows lie in */
    static WatchedRows of(ObservedRows.Selected selected, Scorer scorer, Task task, List<TimeWindow> windows) {
        Dataset<Row> grouped = Learning.grouped(selected.rows(), task);
        List<Column> kept = new ArrayList<>(List.of(
                window(windows).as(WINDOW),
                col(TrainingSet.KEY),
                col(TrainingSet.LABEL),
                col(TrainingSet.WEIGHT),
                col(ObservedRows.HAPPENED),
                scorer.knownLabel(selected.features()).as(Scorer.TARGET)));
        kept.addAll(EncodedRows.groups(grouped));
        selected.features().forEach(feature -> kept.add(col(feature.column())));
        Dataset<Row> predicted = scorer.predict(grouped, selected.features(), kept.toArray(Column[]::new));
        return new WatchedRows(predicted.persist(StorageLevel.MEMORY_AND_DISK()), scorer, selected.features());
    }

    private static Column window(List<TimeWindow> windows) {
        Column number = lit(null).cast("int");
        for (int i = 0; i < windows.size(); i++) {
            Column time = col(ObservedRows.HAPPENED);
            number = when(
                            time.geq(lit(windows.get(i).from()))
                                    .and(time.lt(lit(windows.get(i).to()))),
                            i)
                    .otherwise(number);
        }
        return number;
    }

    /** What the model predicts of the rows, labelled or not. */
    Dataset<Row> predicted() {
        return rows;
    }

    /** The rows whose label is known, and one that the model knows. */
    Dataset<Row> labelled() {
        return rows.where(col(Scorer.TARGET).isNotNull());
    }

    Profile features(int window) {
        return ModelProfiles.ofFeatures(of(window), features);
    }

    Profile predictions(int window) {
        return ModelProfiles.ofPredictions(of(window), scorer);
    }

    /** Of rows whose label is known, be it one that the model knows or not. */
    Profile labels(int window, String name) {
        return ModelProfiles.ofLabels(of(window).where(col(TrainingSet.LABEL).isNotNull()), name);
    }

    private Dataset<Row> of(int window) {
        return rows.where(col(WINDOW).equalTo(window));
    }

    /** A feature as text, to slice by. */
    Column text(String feature) {
        return text(features, feature);
    }

    /** The same of any rows, in whose columns the raw values of features are. */
    static Column text(List<FeatureColumn> features, String feature) {
        String column = features.stream()
                .filter(candidate -> candidate.name().equals(feature))
                .findFirst()
                .orElseThrow()
                .column();
        return coalesce(col(column).cast("string"), lit("(missing)"));
    }

    /**
     * How many rows a window has.
     *
     * @param labelled whose label the model knows
     * @param newest when the latest happened
     */
    record Size(long rows, long labelled, Optional<Instant> newest) {
        static final Size NONE = new Size(0, 0, Optional.empty());
    }

    /** By the number of the window; windows without rows are left out. */
    Map<Integer, Size> sizes() {
        Map<Integer, Size> sizes = new HashMap<>();
        rows.groupBy(WINDOW)
                .agg(
                        count(lit(1)).as("rows"),
                        count(col(Scorer.TARGET)).as("labelled"),
                        max(ObservedRows.HAPPENED).as("newest"))
                .collectAsList()
                .forEach(row -> sizes.put(
                        row.getAs(WINDOW),
                        new Size(
                                row.<Long>getAs("rows"),
                                row.<Long>getAs("labelled"),
                                Optional.of(row.<Timestamp>getAs("newest").toInstant()))));
        return sizes;
    }

    @Override
    public void close() {
        rows.unpersist();
    }
}
