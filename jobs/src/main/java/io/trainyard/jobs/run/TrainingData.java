package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSetBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
        built.tables().forEach(table -> FeatureTables.say(context.console(), table));
        console.say("%s %s, version %d: %,d rows, %d features"
                .formatted(
                        built.reused() ? "nothing to build:" : "built",
                        built.set().table().path(),
                        built.set().table().version(),
                        built.set().table().rows(),
                        built.set().features().size()));
        console.say(built.sizes().toString());
        sayLabels(built);
        built.dropped().forEach((reason, rows) -> console.say("dropped %,d rows: %s".formatted(rows, reason)));
        return built;
    }

    private void sayLabels(TrainingSetBuilder.Result built) {
        long rows = built.set().table().rows();
        String shares = built.labels().entrySet().stream()
                .map(label -> String.format(Locale.ROOT, "%s %.2f %%", label.getKey(), 100.0 * label.getValue() / rows))
                .collect(Collectors.joining(", "));
        if (!shares.isEmpty()) {
            context.console().say("%s: %s".formatted(built.set().label(), shares));
        }
    }
}
