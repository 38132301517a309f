package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.card.TrainedRows;
import io.trainyard.jobs.config.PrunerName;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.BundleSigner;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.placement.FoldPlan;
import io.trainyard.tuning.placement.SlotPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** The main job: from sources to a registered model. Each stage that finds its result made already says so, and does nothing. */
public final class TrainJob {
    private final JobContext context;

    public TrainJob(JobContext context) {
        this.context = context;
    }

    /**
     * What a training run made, or found made.
     *
     * @param reused whether this very model was registered before
     */
    public record Result(
            TrainingSetBuilder.Result data,
            Search.Result search,
            ModelVersion version,
            boolean reused,
            Promotion.Result promotion) {}

    public Result run() throws IOException, InterruptedException {
        RetentionJob.requirePossible(context);
        context.registry().requireRegisters(context.pipeline().modelName());
        Optional<BundleSigner> signer = signer(); // a key that cannot be read is told now, and not after the search
        TrainingSetBuilder.Result data = trainingSet();
        try (Stage stage = stage(data)) {
            Search.Result search = stage.search();
            context.console().stage("Final fit");
            FinalModel model = new FinalModel(context, stage.learning(), search, rows(data), signer);
            Optional<ModelVersion> registered = model.registered();
            ModelVersion version = registered.isPresent() ? registered.get() : model.fitAndRegister(stage.placements());
            registered.ifPresent(known -> context.console()
                    .say("nothing to fit: this model is version %d of %s".formatted(known.number(), known.model())));
            context.console().stage("Promotion");
            Promotion.Result promotion = new Promotion(context).promote(version, stage.learning());
            return new Result(data, search, version, registered.isPresent(), promotion);
        }
    }

    private Optional<BundleSigner> signer() {
        return context.pipeline()
                .register()
                .sign()
                .map(keys -> BundleSigner.read(
                        Path.of(keys.privateKey().resolved()),
                        Path.of(keys.publicKey().resolved())));
    }

    private TrainedRows rows(TrainingSetBuilder.Result data) {
        return TrainedRows.of(data, context.pipeline().training().split());
    }

    /** The training set alone. */
    public TrainingSetBuilder.Result trainingSet() {
        context.console().stage("Training set");
        return new TrainingData(context).build();
    }

    /** The study alone, on a training set that is built if it is not there. */
    public Search.Result search() throws IOException, InterruptedException {
        try (Stage stage = stage(trainingSet())) {
            return stage.search();
        }
    }

    private Stage stage(TrainingSetBuilder.Result data) {
        context.console().stage("Search");
        LearningPlan plan = new LearningPlan(context);
        Learning learning = plan.of(data.set());
        SlotPlan slots = slots(context);
        Placements placements = placements(context, context.warehouse(), learning, slots);
        return new Stage(learning, placements, new Search(context, learning, plan.space(), slots));
    }

    static SlotPlan slots(JobContext context) {
        return SlotPlan.of(JavaSparkContext.fromSparkContext(context.spark().sparkContext()));
    }

    /** @param warehouse keeps the matrices and the checkpoints */
    static Placements placements(JobContext context, Warehouse warehouse, Learning learning, SlotPlan slots) {
        PrunerName pruner = context.pipeline().search().pruner();
        int rounds = learning.settings().maxRounds();
        FoldPlan folds =
                new FoldPlan(context.pipeline().training().split().numberOfFolds(), pruner.betweenFolds(), false);
        RoundSchedule schedule = pruner.betweenFolds()
                ? RoundSchedule.whole(rounds)
                : RoundSchedule.of(Pruners.fidelity(pruner, folds.folds()), rounds, new LearningPlan(context).space());
        return new Placements(
                context.spark(),
                warehouse,
                learning,
                slots,
                folds,
                schedule,
                context.pipeline().search(),
                context.console());
    }

    /** What search and final fit share: the data in executors, freed when closed. */
    private record Stage(Learning learning, Placements placements, Search searching) implements AutoCloseable {
        Search.Result search() throws IOException, InterruptedException {
            return searching.run(placements);
        }

        @Override
        public void close() {
            placements.close();
        }
    }
}
