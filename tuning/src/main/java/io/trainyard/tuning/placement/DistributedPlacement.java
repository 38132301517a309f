package io.trainyard.tuning.placement;

import io.trainyard.tuning.ensemble.IsotonicScaling;
import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.Boosting.Judged;
import io.trainyard.tuning.learner.Boosting.Scored;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.matrix.Share;
import io.trainyard.tuning.metric.Groups;
import io.trainyard.tuning.metric.Predictions;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A trial is one barrier job of several workers, of which each holds its share of the rows while the trial trains: for rows that no single
 * executor has room for. Every step at which a trial stops is a checkpoint of all workers, as in {@link Slice}.
 *
 * <p>Workers agree on every split, so that the model depends on how rows are shared only in the last digits of sums, and in the bounds of
 * bins where a column has more values than bins. Early stopping watches XGBoost's metric over all workers, which for areas under curves is
 * the mean of the workers' own; trials are judged by the exact metrics, in one task that sees labels and scores of all validation rows.
 */
public final class DistributedPlacement implements Placement {
    private final JavaSparkContext context;
    private final Broadcast<Inputs> inputs;
    private final TrialSettings settings;
    private final int workers;
    private final SlotBooking slots;
    private final FoldPlan folds;
    private final FoldedTrials trials;
    private final RoundSchedule schedule;
    private final String checkpoints;
    private final TaskLosses losses = new TaskLosses();

    /** What every worker needs, shipped once an executor. */
    private record Inputs(
            MatrixBlocks blocks,
            TrialSettings settings,
            RoundSchedule schedule,
            String checkpoints,
            int threads,
            SerializableConfiguration configuration)
            implements Serializable {
        Configuration hadoop() {
            return configuration.value();
        }

        Boosting boosting(Params params) {
            TaskContext task = TaskContext.get();
            return new Boosting(TaskGpu.settings(settings), params, threads, task::isInterrupted);
        }
    }

    /**
     * @param workers that share the rows of a trial, each in a slot of its own
     * @param threads of a worker
     * @param slots of the cluster, which all placements of the study book
     * @param folds how a trial goes through the folds of the search
     * @param schedule how the study's steps divide a trial that has one fold
     * @param checkpoints folder on the warehouse's storage where trials are kept between two steps, by study
     */
    public DistributedPlacement(
            JavaSparkContext context,
            MatrixBlocks blocks,
            TrialSettings settings,
            int workers,
            int threads,
            SlotBooking slots,
            FoldPlan folds,
            RoundSchedule schedule,
            String checkpoints) {
        if (blocks.grouping() == Grouping.RANKED) {
            throw new IllegalArgumentException("Workers do not rank: a group's rows may be with two of them");
        }
        this.context = context;
        this.settings = settings;
        this.workers = workers;
        this.slots = slots;
        slots.need();
        this.folds = folds;
        this.trials = new FoldedTrials(settings, folds);
        this.schedule = schedule;
        this.checkpoints = checkpoints;
        this.inputs = context.broadcast(new Inputs(
                blocks,
                settings,
                schedule,
                checkpoints,
                threads,
                new SerializableConfiguration(context.hadoopConfiguration())));
        context.sc().addSparkListener(losses);
    }

    /** What a worker's validation rows came to. */
    @SuppressWarnings("ArrayRecordComponent") // Rows by the million; equality is never asked.
    private record Scores(
            double[] label,
            double[] weight,
            double[] score,
            long[] group,
            long[] unit,
            int rounds,
            int trained,
            boolean ended)
            implements Serializable {}

    @Override
    public Progress advance(String description, TrialStretch stretch) throws InterruptedException {
        if (folds.several()) {
            return trials.advance(
                    stretch,
                    fold -> run(
                                    stretch.study(),
                                    description + " · fold " + fold,
                                    shared -> share -> whole(shared.value(), share, stretch.params(), fold))
                            .judged());
        }
        Progress progress =
                run(stretch.study(), description, shared -> share -> advance(shared.value(), share, stretch));
        return new Progress(Judgement.defined(settings, progress.judged()), progress.ended());
    }

    /** Work that takes only what may be shipped. */
    @FunctionalInterface
    private interface Shipped<T extends Serializable> {
        WorkerTask.Work<T> with(Broadcast<Inputs> shared);
    }

    private Progress run(String study, String description, Shipped<Scores> work) throws InterruptedException {
        Broadcast<Inputs> shared = inputs;
        return slots.on(
                workers,
                () -> new WorkerJob(context, losses, workers)
                        .run(
                                study,
                                description,
                                work.with(shared),
                                all -> judged(shared.value().settings(), all)));
    }

    private static Progress judged(TrialSettings settings, List<Scores> all) {
        Predictions predictions = settings.predictions(
                all.stream()
                        .flatMapToDouble(one -> DoubleStream.of(one.label()))
                        .toArray(),
                all.stream()
                        .flatMapToDouble(one -> DoubleStream.of(one.score()))
                        .toArray(),
                all.stream()
                        .flatMapToDouble(one -> DoubleStream.of(one.weight()))
                        .toArray(),
                Groups.of(
                        all.stream()
                                .flatMapToLong(one -> LongStream.of(one.group()))
                                .toArray(),
                        all.stream()
                                .flatMapToLong(one -> LongStream.of(one.unit()))
                                .toArray()));
        List<Double> values = settings.metrics().stream()
                .map(metric -> metric.of(predictions))
                .toList();
        Scores any = all.get(0);
        return new Progress(new Judged(values, any.rounds(), any.trained()), any.ended());
    }

    private static Scores whole(Inputs inputs, Share share, Params params, int fold) throws IOException, XGBoostError {
        try (NativeMatrix train = read(inputs, Part.train(fold), share);
                NativeMatrix validation = read(inputs, Part.validation(fold), share)) {
            return scores(
                    validation,
                    inputs.boosting(params)
                            .score(
                                    train,
                                    validation,
                                    Optional.empty(),
                                    inputs.settings().maxRounds()));
        }
    }

    private static Scores advance(Inputs inputs, Share share, TrialStretch stretch) throws IOException, XGBoostError {
        try (NativeMatrix train = read(inputs, Part.SEARCH_TRAIN, share);
                NativeMatrix validation = read(inputs, Part.SEARCH_VALIDATION, share)) {
            Slice slice = new Slice(
                    inputs.boosting(stretch.params()),
                    train,
                    validation,
                    inputs.schedule(),
                    new Checkpoints(inputs.checkpoints(), stretch.study(), inputs.hadoop()));
            Scored scored = slice.score(stretch);
            if (share.worker() == 0) {
                slice.keep(stretch, scored.checkpoint());
            }
            return scores(validation, scored);
        }
    }

    private static Scores scores(NativeMatrix validation, Scored scored) {
        return new Scores(
                validation.labels(),
                validation.weights(),
                scored.scores(),
                validation.rowGroups().group(),
                validation.rowGroups().unit(),
                scored.rounds(),
                scored.trained(),
                scored.checkpoint().isEmpty());
    }

    private static NativeMatrix read(Inputs inputs, Part part, Share share) throws IOException {
        return NativeMatrix.read(inputs.blocks(), part, share, inputs.hadoop());
    }

    @Override
    public void forget(String study, int trial) throws IOException {
        trials.forget(trial);
        if (schedule.steps() > 1) {
            new Checkpoints(checkpoints, study, context.hadoopConfiguration()).delete(trial);
        }
    }

    @Override
    public void forget(String study) throws IOException {
        if (schedule.steps() > 1) {
            new Checkpoints(checkpoints, study, context.hadoopConfiguration()).delete();
        }
    }

    /** By as many workers as a trial has. */
    @Override
    public FittedModel fit(String description, Params params, int rounds) throws InterruptedException {
        Broadcast<Inputs> shared = inputs;
        byte[] ubj = slots.on(
                workers,
                () -> new WorkerJob(context, losses, workers)
                        .run(
                                "final fit",
                                description,
                                share -> fit(shared.value(), share, params, rounds),
                                all -> all.get(0)));
        return new FittedModel.Booster(ubj);
    }

    /**
     * How much a final model makes of each column, on some of the test rows.
     *
     * @param calibration of its margins; none where its own probabilities count
     */
    public List<ColumnImportance> explain(String description, byte[] ubj, IsotonicScaling calibration)
            throws InterruptedException {
        Broadcast<Inputs> shared = inputs;
        try (ExecutorTasks tasks = new ExecutorTasks(context)) {
            return slots.on(
                    1,
                    () -> tasks.run(
                            "final fit",
                            description,
                            false,
                            () -> TestExplanation.of(
                                    ubj,
                                    calibration,
                                    shared.value().blocks(),
                                    shared.value().settings(),
                                    shared.value().hadoop())));
        }
    }

    /** All workers have the same model, and one of them brings it. */
    private static byte[] fit(Inputs inputs, Share share, Params params, int rounds) throws IOException, XGBoostError {
        try (NativeMatrix train = read(inputs, Part.FINAL_TRAIN, share)) {
            byte[] ubj = inputs.boosting(params).fit(train, rounds);
            return share.worker() == 0 ? ubj : new byte[0];
        }
    }

    @Override
    public void close() {
        context.sc().removeSparkListener(losses);
        inputs.destroy();
    }
}
