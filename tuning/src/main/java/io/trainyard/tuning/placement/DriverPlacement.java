package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.col;

import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.explanation.FeatureColumns;
import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.space.Params;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.SparkException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** MLlib's estimators: a trial is ordinary Spark jobs over a cached frame, several at a time. */
public final class DriverPlacement implements Placement {
    /** Bits of the row's {@link Part}s, a long. */
    public static final String PARTS = "_parts";

    private final SparkLearner learner;
    private final TrialSettings settings;
    private final Dataset<Row> rows;
    private final FoldPlan folds;
    private final FoldedTrials trials;
    private final SlotBooking booking;

    /**
     * @param rows the encoded training set: {@link SparkLearner#FEATURES}, {@link SparkLearner#LABEL}, {@link
     *     SparkLearner#WEIGHT} and {@link #PARTS}; cached by the caller for as long as the placement lives
     */
    public DriverPlacement(SparkLearner learner, TrialSettings settings, Dataset<Row> rows) {
        this(learner, settings, rows, FoldPlan.holdout(), new SlotBooking(1));
    }

    /**
     * @param folds how a trial goes through the folds of the search
     * @param booking of the slots, of which other trials of the study may need several at the same moment
     */
    public DriverPlacement(
            SparkLearner learner, TrialSettings settings, Dataset<Row> rows, FoldPlan folds, SlotBooking booking) {
        this.learner = learner;
        this.settings = settings;
        this.rows = rows;
        this.folds = folds;
        this.trials = new FoldedTrials(settings, folds);
        this.booking = booking;
    }

    @Override
    public Progress advance(String description, TrialStretch stretch) throws InterruptedException {
        if (folds.several()) {
            return trials.advance(stretch, fold -> judge(description + " · fold " + fold, stretch, fold));
        }
        return new Progress(Judgement.defined(settings, judge(description, stretch, 0)), true);
    }

    private Boosting.Judged judge(String description, TrialStretch stretch, int fold) throws InterruptedException {
        List<Double> values = described(stretch.study(), description, () -> {
            Transformer model = learner.fit(part(Part.train(fold)), stretch.params(), settings);
            Dataset<Row> judged = model.transform(part(Part.validation(fold)));
            return new Judgement(settings, SparkLearner.LABEL, SparkLearner.WEIGHT, List.of())
                    .of(judged, settings.metrics());
        });
        return new Boosting.Judged(values, 0, 0);
    }

    @Override
    public void forget(String study, int trial) {
        trials.forget(trial);
    }

    @Override
    public FittedModel fit(String description, Params params, int rounds) throws InterruptedException {
        return new FittedModel.SparkModel(
                described("final fit", description, () -> learner.fit(part(Part.FINAL_TRAIN), params, settings)));
    }

    /** How much a final model makes of each feature, on some of the test rows. */
    public List<ColumnImportance> explain(String description, Transformer model, List<FeatureColumns> features)
            throws InterruptedException {
        return described(
                "final fit",
                description,
                () -> new SparkExplanation(settings, model, features).of(part(Part.FINAL_TEST)));
    }

    /** Spark's own failures are the cluster's; all others are MLlib's word on the configuration. */
    private <T> T described(String group, String description, Callable<T> work) throws InterruptedException {
        rows.sparkSession().sparkContext().setJobGroup(group, description, false);
        LogContext.carryTo(rows.sparkSession().sparkContext());
        FutureTask<T> task = new FutureTask<>(() -> booking.onAll(work::call));
        try {
            task.run();
            return task.get();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (rows.sparkSession().sparkContext().isStopped()) {
                throw new IllegalStateException("Spark was stopped during " + description, cause);
            }
            if (cause instanceof SparkException) {
                throw LostTrialException.ofTask(cause);
            }
            throw new FailedTrialException(String.valueOf(cause.getMessage()), cause);
        } finally {
            rows.sparkSession().sparkContext().clearJobGroup();
        }
    }

    private Dataset<Row> part(Part part) {
        return rows.where(col(PARTS).bitwiseAND(part.bit()).notEqual(0));
    }

    @Override
    public void close() {}
}
