package io.trainyard.tuning.placement;

import io.trainyard.tuning.ensemble.Blend;
import io.trainyard.tuning.ensemble.Candidate;
import io.trainyard.tuning.ensemble.IsotonicScaling;
import io.trainyard.tuning.ensemble.Selection;
import io.trainyard.tuning.explanation.ColumnImportance;
import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.matrix.ResidentMatrices;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A trial is one Spark task over matrices that its executor holds for all trials. The driver never sees the data.
 *
 * <p>The executor loads a matrix when its first trial comes, so an executor that joins late takes part as well.
 */
public final class ResidentPlacement implements Placement {
    private final JavaSparkContext context;
    private final MatrixBlocks blocks;
    private final TrialSettings settings;
    private final SlotPlan slots;
    private final FoldPlan folds;
    private final FoldedTrials trials;
    private final RoundSchedule schedule;
    private final String checkpoints;
    private final Broadcast<Inputs> inputs;
    private final ExecutorTasks tasks;

    /** What every task needs, shipped once an executor. */
    private record Inputs(
            MatrixBlocks blocks,
            TrialSettings settings,
            RoundSchedule schedule,
            String checkpoints,
            SerializableConfiguration configuration)
            implements Serializable {
        Configuration hadoop() {
            return configuration.value();
        }
    }

    /** Where every trial runs to its end at once. */
    public ResidentPlacement(JavaSparkContext context, MatrixBlocks blocks, TrialSettings settings, SlotPlan slots) {
        this(
                context,
                blocks,
                settings,
                slots,
                FoldPlan.holdout(),
                RoundSchedule.whole(settings.maxRounds()),
                blocks.folder());
    }

    /**
     * @param folds how a trial goes through the folds of the search
     * @param schedule how the study's steps divide a trial that has one fold
     * @param checkpoints folder on the warehouse's storage where trials are kept between two steps, by study
     */
    public ResidentPlacement(
            JavaSparkContext context,
            MatrixBlocks blocks,
            TrialSettings settings,
            SlotPlan slots,
            FoldPlan folds,
            RoundSchedule schedule,
            String checkpoints) {
        this.context = context;
        this.blocks = blocks;
        this.settings = settings;
        this.slots = slots;
        this.folds = folds;
        this.trials = new FoldedTrials(settings, folds);
        this.schedule = schedule;
        this.checkpoints = checkpoints;
        this.inputs = context.broadcast(new Inputs(
                blocks, settings, schedule, checkpoints, new SerializableConfiguration(context.hadoopConfiguration())));
        this.tasks = new ExecutorTasks(context);
    }

    /** Loads the search's matrices on every slot's executor. */
    @Override
    public void load() {
        Broadcast<Inputs> shared = inputs;
        int loaded = folds.oneAtATime() ? 1 : folds.folds();
        tasks.onEverySlot(slots, "load matrices", () -> {
            for (int fold = 0; fold < loaded; fold++) {
                try (var train = borrow(shared.value(), Part.train(fold));
                        var validation = borrow(shared.value(), Part.validation(fold))) {
                    train.matrix();
                    validation.matrix();
                }
            }
        });
    }

    @Override
    public Progress advance(String description, TrialStretch stretch) throws InterruptedException {
        if (folds.several()) {
            return trials.advance(stretch, fold -> judge(description + " · fold " + fold, stretch, fold));
        }
        Broadcast<Inputs> shared = inputs;
        int threads = slots.threadsPerTask();
        Progress progress =
                tasks.run(stretch.study(), description, once(), () -> advance(shared.value(), stretch, threads));
        return new Progress(Judgement.defined(settings, progress.judged()), progress.ended());
    }

    /** Spark itself runs nothing twice here, unless it is to. */
    private boolean once() {
        return !context.getConf().getBoolean("spark.speculation", false);
    }

    private Boosting.Judged judge(String description, TrialStretch stretch, int fold) throws InterruptedException {
        Broadcast<Inputs> shared = inputs;
        int threads = slots.threadsPerTask();
        boolean alone = folds.oneAtATime();
        return tasks.run(stretch.study(), description, once(), () -> {
            if (alone) {
                ResidentMatrices.releaseOtherFolds(shared.value().blocks(), fold);
            }
            return judge(shared.value(), stretch.params(), fold, threads);
        });
    }

    private static Boosting.Judged judge(Inputs inputs, Params params, int fold, int threads)
            throws IOException, XGBoostError {
        try (var train = borrow(inputs, Part.train(fold));
                var validation = borrow(inputs, Part.validation(fold))) {
            return boosting(inputs, params, threads).search(train.matrix(), validation.matrix());
        }
    }

    private static Progress advance(Inputs inputs, TrialStretch stretch, int threads) throws IOException, XGBoostError {
        try (var train = borrow(inputs, Part.SEARCH_TRAIN);
                var validation = borrow(inputs, Part.SEARCH_VALIDATION)) {
            return new Slice(
                            boosting(inputs, stretch.params(), threads),
                            train.matrix(),
                            validation.matrix(),
                            inputs.schedule(),
                            new Checkpoints(inputs.checkpoints(), stretch.study(), inputs.hadoop()))
                    .advance(stretch);
        }
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

    /**
     * Fits candidates again on the search's training rows, and chooses among them by the validation rows. One task does all of it, with
     * all cores of its executor.
     *
     * @param rounds additions that are tried
     */
    public Blend blend(String description, List<Candidate> candidates, int rounds) throws InterruptedException {
        Broadcast<Inputs> shared = inputs;
        int threads = slots.coresPerExecutor();
        int count = folds.folds();
        boolean alone = folds.oneAtATime();
        return tasks.run("ensemble", description, false, () -> {
            List<Selection.Fold> margins = new ArrayList<>();
            for (int fold = 0; fold < count; fold++) {
                if (alone) {
                    ResidentMatrices.releaseOtherFolds(shared.value().blocks(), fold);
                }
                margins.add(margins(shared.value(), candidates, fold, threads));
            }
            return Blend.of(shared.value().settings(), margins, rounds);
        });
    }

    private static Selection.Fold margins(Inputs inputs, List<Candidate> candidates, int fold, int threads)
            throws IOException, XGBoostError {
        try (var train = borrow(inputs, Part.train(fold));
                var validation = borrow(inputs, Part.validation(fold))) {
            List<double[]> margins = new ArrayList<>();
            for (Candidate candidate : candidates) {
                margins.add(boosting(inputs, candidate.params(), threads)
                        .margins(train.matrix(), validation.matrix(), candidate.rounds()));
            }
            return new Selection.Fold(
                    validation.matrix().labels(),
                    validation.matrix().weights(),
                    validation.matrix().groups(),
                    margins);
        }
    }

    /** Nothing else runs during the final fit, so it takes all cores of its executor; the model does not depend on how many. */
    @Override
    public FittedModel fit(String description, Params params, int rounds) throws InterruptedException {
        return fit(description, List.of(new Candidate(0, params, rounds))).get(0);
    }

    /** Fits several configurations on the rows of the final fit, which are loaded once. */
    public List<FittedModel.Booster> fit(String description, List<Candidate> members) throws InterruptedException {
        Broadcast<Inputs> shared = inputs;
        int threads = slots.coresPerExecutor();
        return tasks.run("final fit", description, false, () -> fit(shared.value(), members, threads)).stream()
                .map(FittedModel.Booster::new)
                .toList();
    }

    private static List<byte[]> fit(Inputs inputs, List<Candidate> members, int threads)
            throws IOException, XGBoostError {
        ResidentMatrices.release(inputs.blocks());
        List<byte[]> boosters = new ArrayList<>();
        try (NativeMatrix train = NativeMatrix.read(inputs.blocks(), Part.FINAL_TRAIN, inputs.hadoop())) {
            for (Candidate member : members) {
                boosters.add(boosting(inputs, member.params(), threads).fit(train, member.rounds()));
            }
        }
        return boosters;
    }

    /**
     * How much a final model makes of each column, on some of the test rows.
     *
     * @param calibration of its margins; none where its own probabilities count
     */
    public List<ColumnImportance> explain(String description, byte[] ubj, IsotonicScaling calibration)
            throws InterruptedException {
        Broadcast<Inputs> shared = inputs;
        return tasks.run(
                "final fit",
                description,
                false,
                () -> TestExplanation.of(
                        ubj,
                        calibration,
                        shared.value().blocks(),
                        shared.value().settings(),
                        shared.value().hadoop()));
    }

    private static Boosting boosting(Inputs inputs, Params params, int threads) {
        TaskContext task = TaskContext.get();
        return new Boosting(TaskGpu.settings(inputs.settings()), params, threads, task::isInterrupted);
    }

    private static ResidentMatrices.Loan borrow(Inputs inputs, Part part) throws IOException {
        return ResidentMatrices.borrow(inputs.blocks(), part, inputs.hadoop());
    }

    @Override
    public void close() {
        tasks.close();
        MatrixBlocks finished = blocks;
        tasks.onEverySlot(slots, "free matrices", () -> ResidentMatrices.release(finished));
        inputs.destroy();
    }
}
