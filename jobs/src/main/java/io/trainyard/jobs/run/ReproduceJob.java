package io.trainyard.jobs.run;

import io.trainyard.jobs.card.ModelCard;
import io.trainyard.jobs.card.TrainedRows;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.bundle.Calibration;
import io.trainyard.registry.bundle.Flavor;
import io.trainyard.registry.bundle.InputExample;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.placement.Placement.FittedModel;
import io.trainyard.tuning.placement.SlotPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Makes a registered version again from its lineage, beside the registry, and tells what came out differently. */
public final class ReproduceJob {
    /** What a bundle says about its features and rows, and what the validation rows made of margins, which are not made again. */
    private static final Set<String> INPUTS =
            Set.of(FeatureExpressions.FILE, TrainedRows.FILE, ModelProfiles.FILE, Calibration.FILE);

    private final JobContext context;

    public ReproduceJob(JobContext context) {
        this.context = context;
    }

    /**
     * Fits the version's recipe on the training set that it was fitted on, by the code of the final fit.
     *
     * @throws JobException if it cannot be made again, with the reason
     */
    public Reproduction run(ModelVersion version) throws IOException, InterruptedException {
        context.console().stage("Reproduce %s version %d".formatted(version.model(), version.number()));
        ModelRecipe recipe = LineageRecipe.of(version.lineage());
        try (FetchedBundle fetched = context.fetch(version);
                LocalFolder folder = LocalFolder.create();
                ScratchWarehouse scratch = ScratchWarehouse.within(context)) {
            Bundle registered = fetched.bundle();
            ReproductionPlan plan = new ReproductionPlan(context, version, registered);
            plan.requireMeans();
            Learning learning = plan.learning(plan.trainingSet());
            SlotPlan slots = TrainJob.slots(context);
            List<String> notes = plan.notes(learning, slots);
            notes.forEach(context.console()::say);
            ModelFiles files = new ModelFiles(context.spark(), scratch.warehouse());
            try (Placements placements = TrainJob.placements(context, scratch.warehouse(), learning, slots)) {
                plan.requireRoom(recipe, placements);
                Path made = Files.createDirectory(folder.path().resolve("rebuilt"));
                Bundle rebuilt = rebuild(made, recipe, learning, placements, files, registered);
                PredictionDistance distance = new PredictionDistance(context.spark(), learning, files);
                return compare(version, registered, rebuilt, distance, notes);
            }
        }
    }

    private Bundle rebuild(
            Path folder,
            ModelRecipe recipe,
            Learning learning,
            Placements placements,
            ModelFiles files,
            Bundle registered)
            throws IOException, InterruptedException {
        Encoding encoding = learning.encoding(recipe.learner());
        FittedModel model = Blending.fit(recipe, encoding.columns(), placements, "reproduction");
        context.console().say("fitted " + recipe.describe());
        files.write(model, encoding, folder);
        FeatureExpressions.read(registered).write(folder);
        Optional<TrainedRows> rows = TrainedRows.read(registered);
        if (rows.isPresent()) {
            rows.get().write(folder);
        }
        Optional<ModelProfiles> profiles = ModelProfiles.read(registered);
        if (profiles.isPresent()) {
            profiles.get().write(folder);
        }
        Optional<Calibration> calibration = registered.calibration();
        if (calibration.isPresent()) {
            calibration.get().write(folder);
        }
        FinalTest test = new FinalTest(context.spark(), learning);
        BundleMetadata metadata = new BundleMetadata(
                registered.metadata().lineage(),
                test.scores(new Scorer(encoding, files.transformer(model, encoding), calibration)),
                FinalTest.importance(model, encoding, calibration, placements.of(recipe.learner())));
        if (registered.manifest().has(InputExample.FILE)) {
            InputExample.write(folder, encoding, learning.columns());
        }
        return rows.isPresent() && registered.manifest().has(ModelCard.Written.MARKDOWN_FILE)
                ? FinalModel.carded(context.pipeline().modelName(), folder, encoding, metadata, rows.get())
                : BundleWriter.write(folder, encoding, metadata);
    }

    /** Spark writes identifiers and times into a model's files: what such a model predicts says whether it is the same. */
    private static Reproduction compare(
            ModelVersion version, Bundle registered, Bundle rebuilt, PredictionDistance distance, List<String> notes)
            throws IOException {
        SortedMap<String, Reproduction.Match> files = Reproduction.files(digests(registered), digests(rebuilt));
        files.replaceAll((file, match) -> INPUTS.contains(file) ? Reproduction.Match.TAKEN : match);
        boolean bySpark = registered.flavor() == Flavor.SPARK;
        Optional<Reproduction.Deviation> deviation = Optional.empty();
        if (bySpark || files.get(Flavor.XGBOOST.model()) != Reproduction.Match.EQUAL) {
            deviation = Optional.of(distance.between(registered, rebuilt));
        }
        if (bySpark) {
            files.put(
                    Flavor.SPARK.model(),
                    deviation.get().differing() == 0 ? Reproduction.Match.EQUAL : Reproduction.Match.DIFFERENT);
        }
        return new Reproduction(version, files, deviation, rebuilt.metadata().scores(), notes);
    }

    private static Map<String, String> digests(Bundle bundle) {
        Map<String, String> digests = new HashMap<>();
        for (Manifest.Entry file : bundle.manifest().files()) {
            if (!file.path().startsWith(Flavor.SPARK.model() + "/")) {
                digests.put(file.path(), file.sha256());
            }
        }
        return digests;
    }
}
