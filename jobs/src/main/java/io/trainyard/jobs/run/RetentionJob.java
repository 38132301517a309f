package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.features.version.Pin;
import io.trainyard.features.version.Pins;
import io.trainyard.jobs.config.RetentionConfig;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes what section {@code retention} does not keep. Cut off, it is finished by the next one. */
public final class RetentionJob {
    private final JobContext context;
    private final RetentionConfig config;

    public RetentionJob(JobContext context) {
        this.context = context;
        this.config = context.pipeline().retention();
    }

    /**
     * What was removed, or would be.
     *
     * @param bundles numbers of versions of the pipeline's model that were discarded
     * @param trainingSets versions of the training set's table that are no longer pinned
     * @param studies by their names
     * @param leftovers folders with encoded rows that no study has used for long, and of jobs that were killed
     * @param tables files of old versions
     */
    public record Result(
            List<Integer> bundles,
            List<Long> trainingSets,
            List<String> studies,
            List<String> leftovers,
            List<FeatureJobs.Vacuumed> tables) {
        public Result {
            bundles = List.copyOf(bundles);
            trainingSets = List.copyOf(trainingSets);
            studies = List.copyOf(studies);
            leftovers = List.copyOf(leftovers);
            tables = List.copyOf(tables);
        }

        /** In a line for each kind of which there is any. */
        public List<String> lines() {
            long files = tables.stream().mapToLong(FeatureJobs.Vacuumed::files).sum();
            long bytes = tables.stream().mapToLong(FeatureJobs.Vacuumed::bytes).sum();
            return Stream.of(
                            line(bundles, "bundles of versions %s"),
                            line(trainingSets, "pins of training sets %s"),
                            line(studies, "studies %s"),
                            line(leftovers, "leftovers %s"),
                            files == 0
                                    ? Optional.<String>empty()
                                    : Optional.of("%,d files of old versions of tables, %,d MiB"
                                            .formatted(files, bytes >> 20)))
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static Optional<String> line(List<?> removed, String text) {
            return removed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            text.formatted(removed.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
    }

    /** Refuses at once what would be refused after all other work. */
    static void requirePossible(JobContext context) {
        if (context.pipeline().retention().bundles().isPresent()) {
            context.registry().requireDiscards();
        }
    }

    /** @param dryRun only looks */
    public Result run(boolean dryRun) throws IOException {
        requirePossible(context);
        if (config.keepsAll()) {
            return new Result(List.of(), List.of(), List.of(), List.of(), List.of());
        }
        context.console().stage("Retention");
        OldStudies old = new OldStudies(context, needed());
        List<Integer> bundles = config.bundles()
                .flatMap(newest -> model().map(model -> beyond(model, newest)))
                .orElse(List.of());
        List<Long> trainingSets =
                config.trainingSets().map(newest -> pins(newest, bundles)).orElse(List.of());
        List<String> studies =
                config.studies().isPresent() ? old.idleFor(config.studies().get()) : List.of();
        List<String> leftovers =
                config.studies().isPresent() ? old.leftovers(config.studies().get()) : List.of();
        if (!dryRun) {
            bundles.forEach(this::discard);
            trainingSets.forEach(version -> trainingSets().unpin(version, TrainingSetBuilder.OWNER));
            old.remove(studies, leftovers);
        }
        List<FeatureJobs.Vacuumed> tables = config.tables()
                .map(time -> new FeatureJobs(context).vacuumAll(time, dryRun))
                .orElse(List.of());
        return new Result(bundles, trainingSets, studies, leftovers, tables);
    }

    private void discard(int version) {
        context.registry()
                .discard(
                        context.pipeline().modelName(),
                        version,
                        "older than the %d newest".formatted(config.bundles().orElseThrow()));
    }

    private Optional<RegisteredModel> model() {
        return context.registry().model(context.pipeline().modelName());
    }

    /** Studies of versions that an alias or a rollback needs. */
    private Set<String> needed() {
        return model().stream()
                .flatMap(model -> model.versions().stream()
                        .filter(version -> model.needed().contains(version.number())))
                .map(version -> version.lineage().study())
                .collect(Collectors.toSet());
    }

    /** Numbers of versions that are none of the newest, and that nobody needs. */
    private static List<Integer> beyond(RegisteredModel model, int newest) {
        List<ModelVersion> kept = model.kept();
        return kept.subList(0, Math.max(0, kept.size() - newest)).stream()
                .map(ModelVersion::number)
                .filter(number -> !model.needed().contains(number))
                .toList();
    }

    /**
     * Those of training sets that no version of any model keeps. What is newer than all that versions were made from belongs to a training
     * that is at work.
     */
    private List<Long> pins(int newest, List<Integer> discarded) {
        Set<Long> known = new TreeSet<>();
        Set<Long> kept = new TreeSet<>();
        for (RegisteredModel model : context.registry().models()) {
            boolean own = model.name().equals(context.pipeline().modelName());
            List<Integer> gone = new ArrayList<>(beyond(model, newest));
            gone.addAll(model.discarded().keySet());
            gone.addAll(own ? discarded : List.of());
            for (ModelVersion version : model.versions()) {
                trainingSet(version).ifPresent(set -> {
                    known.add(set);
                    if (!gone.contains(version.number())) {
                        kept.add(set);
                    }
                });
            }
        }
        return trainingSets().all().stream()
                .filter(pin -> pin.owner().equals(TrainingSetBuilder.OWNER))
                .map(Pin::version)
                .filter(version -> !kept.contains(version) && known.stream().anyMatch(newer -> newer >= version))
                .toList();
    }

    /** The version of the pipeline's training set that a model version was made from, if it was one of them. */
    private Optional<Long> trainingSet(ModelVersion version) {
        return version.lineage().inputs().stream()
                .limit(1)
                .filter(input ->
                        input.uri().endsWith("/training/" + context.pipeline().name()))
                .map(input -> Long.valueOf(input.version()))
                .findFirst();
    }

    private Pins trainingSets() {
        return Pins.of(
                context.spark(),
                "%s/%s"
                        .formatted(
                                context.warehouse().trainingSets(),
                                context.pipeline().name()));
    }
}
