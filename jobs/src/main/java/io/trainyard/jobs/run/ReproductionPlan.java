package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.placement.ResidentPlacement;
import io.trainyard.tuning.placement.SlotPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What a version's lineage says it was made of, found again. What the lineage does not say comes from the pipeline file. */
final class ReproductionPlan {
    private static final String XGBOOST = "xgboost";

    private final JobContext context;
    private final ModelVersion version;
    private final Lineage lineage;
    private final Bundle registered;

    ReproductionPlan(JobContext context, ModelVersion version, Bundle registered) {
        this.context = context;
        this.version = version;
        this.lineage = version.lineage();
        this.registered = registered;
    }

    /** The library, since another release makes another model of the same rows, and what the bundle itself must say. */
    void requireMeans() {
        String then = lineage.environment().getOrDefault(XGBOOST, "unknown");
        if (lineage.learner().equals(XGBOOST) && !then.equals(Environment.XGBOOST)) {
            throw cannot(
                    "it was fitted by XGBoost %s, and this is %s; use the release of Trainyard that it was made with"
                            .formatted(then, Environment.XGBOOST));
        }
        if (!Files.exists(registered.directory().resolve(FeatureExpressions.FILE))) {
            throw cannot("its bundle has no %s, which says how its features are computed; train a new version"
                    .formatted(FeatureExpressions.FILE));
        }
    }

    /** By its fingerprint, where the lineage says it is, or in this pipeline's own warehouse, which may have moved. */
    TrainingSet trainingSet() {
        if (lineage.inputs().isEmpty()) {
            throw cannot("its lineage names no input; only what trainyard train registered can be made again");
        }
        Lineage.Input input = lineage.inputs().get(0);
        String own =
                context.warehouse().trainingSets() + "/" + context.pipeline().name();
        return Stream.of(input.uri(), own)
                .distinct()
                .flatMap(path -> TrainingSet.find(context.spark(), path, input.fingerprint()).stream())
                .findFirst()
                .orElseThrow(() -> cannot(
                        "no version of %s that can be read is the training set that it was fitted on, which was version %s with the fingerprint %s; restore the table"
                                .formatted(input.uri(), input.version(), input.fingerprint())));
    }

    /** As the pipeline file declares it now, with the seed of the lineage. */
    Learning learning(TrainingSet set) {
        Learning now = new LearningPlan(context).of(set);
        Target then = registered.encoding().target();
        if (!now.label().target().equals(then)) {
            throw cannot(
                    "it predicts '%s' of %s, and by the pipeline file that would be %s now; set training.task and training.positive as they were"
                            .formatted(then.label(), then.classes(), now.label().describe()));
        }
        return new Learning(set, now.label(), seeded(now.settings()), now.learners(), now.columns());
    }

    private TrialSettings seeded(TrialSettings settings) {
        return new TrialSettings(
                settings.task(),
                settings.classes(),
                settings.metrics(),
                settings.maxRounds(),
                settings.patience(),
                lineage.seed(),
                settings.shape(),
                settings.fixed());
    }

    /** The trees of several boosters are added up, and margins scaled, where one executor fits them. */
    void requireRoom(ModelRecipe recipe, Placements placements) throws IOException {
        boolean blended = recipe.isEnsemble() || recipe.scaling().isPresent();
        if (blended && !(placements.of(recipe.learner()) instanceof ResidentPlacement)) {
            throw cannot(
                    "an ensemble or a calibrated model takes all rows in one executor, and search.placement has none hold them; set it to 'resident'");
        }
    }

    /** What may make a difference, in words. */
    List<String> notes(Learning learning, SlotPlan slots) throws IOException {
        List<String> notes = new ArrayList<>();
        TrainingSet set = learning.set();
        Lineage.Input input = lineage.inputs().get(0);
        if (!set.table().path().equals(input.uri())
                || !String.valueOf(set.table().version()).equals(input.version())) {
            notes.add("the training set is now version %d of %s"
                    .formatted(set.table().version(), set.table().path()));
        }
        if (!study(learning, slots).equals(lineage.study())) {
            notes.add(
                    "the pipeline file declares another study than %s by now, or the slots are others: the task, its shape, constraints, device and placement are not in the lineage, and taken from the file as it is"
                            .formatted(lineage.study()));
        }
        if (!FeatureExpressions.of(context.pipeline(), registered.encoding())
                .equals(FeatureExpressions.read(registered))) {
            notes.add("the pipeline file computes features otherwise by now; the training set has them as they were");
        }
        if (!LineageRecipe.knowsOrder(lineage)) {
            notes.add(
                    "the lineage does not say in which order the members of the ensemble were added: in that of their trials, sums may differ in their last digits");
        }
        SortedMap<String, String> now = new Environment(context.environment()).versions();
        lineage.environment().forEach((name, then) -> noteOther(notes, name, then, now));
        return notes;
    }

    private static void noteOther(List<String> notes, String name, String then, Map<String, String> now) {
        if (!then.equals(now.getOrDefault(name, "unknown"))) {
            notes.add("%s was %s, and is %s".formatted(name, then, now.getOrDefault(name, "unknown")));
        }
    }

    /** The study that the pipeline file declares on the training set. */
    private String study(Learning learning, SlotPlan slots) {
        Search search = new Search(context, learning, new LearningPlan(context).space(), slots);
        return context.pipeline().name() + "-" + search.fingerprint().substring(0, 12);
    }

    private JobException cannot(String reason) {
        return new JobException(
                "Cannot reproduce version %d of %s: %s".formatted(version.number(), version.model(), reason));
    }
}
