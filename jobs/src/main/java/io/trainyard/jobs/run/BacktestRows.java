package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.ObservedRows;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.jobs.config.SplitConfig;
import io.trainyard.jobs.monitor.TimeWindow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** All rows that a backtest looks at, computed once and kept until this is closed, by when they and their labels were known. */
final class BacktestRows implements AutoCloseable {
    private final Dataset<Row> rows;
    private final List<FeatureColumn> features;
    private final Optional<SplitConfig.Time> split;
    private final ZoneId zone;

    /** @param split whose training window counts; empty for all rows */
    BacktestRows(ObservedRows.Selected selected, Optional<SplitConfig.Time> split, ZoneId zone) {
        this.rows = selected.rows().persist(StorageLevel.MEMORY_AND_DISK());
        this.features = selected.features();
        this.split = split;
        this.zone = zone;
    }

    List<FeatureColumn> features() {
        return features;
    }

    /** Those with a label that was known before a moment. */
    Dataset<Row> labelled(Instant by) {
        return rows.where(known(by));
    }

    /** Those that a model is fitted on as of a moment: of the split's window where it is by time. */
    Dataset<Row> fitted(Instant by) {
        Dataset<Row> labelled = labelled(by);
        if (split.isEmpty()) {
            return labelled;
        }
        ZonedDateTime end = by.atZone(zone).minus(split.get().gap());
        ZonedDateTime start = end.minus(split.get().train());
        return happened(labelled, start.toInstant(), end.toInstant());
    }

    /** Those of a period, as they were known at its end: without labels that were not. */
    Dataset<Row> seen(TimeWindow period) {
        Dataset<Row> arrived = of(period).where(col(ObservedRows.ARRIVED).lt(lit(period.to())));
        return arrived.withColumn(TrainingSet.LABEL, when(known(period.to()), col(TrainingSet.LABEL)));
    }

    /** Those of a period, with all labels that are known by now. */
    Dataset<Row> of(TimeWindow period) {
        return happened(rows, period.from(), period.to());
    }

    /** Whether rows of a period were unknown at its end, or a label. */
    boolean becameKnownLater(TimeWindow period) {
        return !of(period)
                .where(col(TrainingSet.LABEL)
                        .isNotNull()
                        .and(col(ObservedRows.LABEL_KNOWN)
                                .geq(lit(period.to()))
                                .or(col(ObservedRows.ARRIVED).geq(lit(period.to())))))
                .isEmpty();
    }

    private static Column known(Instant by) {
        return col(TrainingSet.LABEL)
                .isNotNull()
                .and(col(ObservedRows.LABEL_KNOWN).lt(lit(by)))
                .and(col(ObservedRows.ARRIVED).lt(lit(by)));
    }

    private static Dataset<Row> happened(Dataset<Row> rows, Instant from, Instant to) {
        Column time = col(ObservedRows.HAPPENED);
        return rows.where(time.geq(lit(from)).and(time.lt(lit(to))));
    }

    /** Whether there is anything to be learned: two values of the label. */
    static boolean vary(Dataset<Row> labelled) {
        Row ends = labelled.agg(
                        min(TrainingSet.LABEL).as("least"),
                        max(TrainingSet.LABEL).as("most"))
                .first();
        return ends.getAs("least") != null && !ends.getAs("least").equals(ends.getAs("most"));
    }

    @Override
    public void close() {
        rows.unpersist();
    }
}
