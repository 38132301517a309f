package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSetBuilder;
import java.time.ZoneId;
import java.util.Optional;

/** The first stage of a training run: sources become a training set. */
final class TrainingData {
    private final JobContext context;

    TrainingData(JobContext context) {
        this.context = context;
    }

    TrainingSetBuilder.Result build() {
        ZoneId zone = context.pipeline().timezone();
        TrainingSetBuilder.Result built = new TrainingSetBuilder(
                        context.spark(), zone, context.warehouse().trainingSets())
                .build(
                        Declarations.training(context.pipeline()),
                        Optional.of(context.asOf()),
                        new LearningPlan(context)::check);
        Console console = context.console();
        console.say("%s %s, version %d: %,d rows, %d features"
                .formatted(
                        built.reused() ? "nothing to build:" : "built",
                        built.set().table().path(),
                        built.set().table().version(),
                        built.set().table().rows(),
                        built.set().features().size()));
        console.say(built.sizes().toString());
        built.dropped().forEach((reason, rows) -> console.say("dropped %,d rows: %s".formatted(rows, reason)));
        return built;
    }
}
