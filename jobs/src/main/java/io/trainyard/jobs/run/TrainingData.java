package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureTable;
import io.trainyard.features.build.TrainingSetBuilder;
import java.util.Optional;

/** The first stage of a training run: sources become a training set. */
final class TrainingData {
    private final JobContext context;

    TrainingData(JobContext context) {
        this.context = context;
    }

    TrainingSetBuilder.Result build() {
        TrainingSetBuilder.Result built = FeatureTables.trainingSets(context)
                .build(
                        Declarations.training(context.pipeline()),
                        Optional.of(context.asOf()),
                        new LearningPlan(context)::check);
        Console console = context.console();
        built.tables().forEach(this::say);
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

    private void say(FeatureTable table) {
        String change = switch (table.change()) {
            case REUSED -> "nothing to build:";
            case EXTENDED -> "extended";
            case BUILT -> "built";
        };
        context.console()
                .say("%s %s, version %d: %,d rows of view %s"
                        .formatted(
                                change,
                                table.commit().table().path(),
                                table.commit().table().version(),
                                table.commit().table().rows(),
                                table.view().name()));
        table.dropped()
                .forEach((reason, rows) -> context.console().say("  left out %,d rows: %s".formatted(rows, reason)));
    }
}
