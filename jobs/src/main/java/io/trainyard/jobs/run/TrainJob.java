package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.registry.ModelVersion;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.placement.SlotPlan;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** The main job: from sources to a registered model. */
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
        Pipeline pipeline = context.pipeline();
        Console console = context.console();
        console.stage("Training set");
        TrainingSetBuilder.Result data = new TrainingData(context).build();

        console.stage("Search");
        Learning learning = new LearningPlan(context).of(data.set());
        LearnerSpace space = new LearningPlan(context).space(learning);
        SlotPlan slots = SlotPlan.of(JavaSparkContext.fromSparkContext(context.spark().sparkContext()));
        try (Placements placements =
                new Placements(context.spark(), context.warehouse(), learning, slots, console)) {
            Search.Result search = new Search(context, learning, space, slots).run(placements);
            console.say("best: " + TrialText.of(search.winner(), learning.settings().metric()));

            console.stage("Final fit");
            FinalModel model = new FinalModel(context, learning, search);
            Optional<ModelVersion> registered = model.registered();
            if (registered.isPresent()) {
                console.say("nothing to fit: this model is version %d of %s".formatted(registered.get().number(), pipeline.name()));
            }
            ModelVersion version = registered.isPresent() ? registered.get() : model.fitAndRegister(placements);

            console.stage("Promotion");
            Promotion.Result promoted = new Promotion(context).promote(version, learning);
            return new Result(data, search, version, registered.isPresent(), promoted);
        }
    }
}
