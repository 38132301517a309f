package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.jobs.card.ModelCard;
import io.trainyard.jobs.card.TrainedRows;
import io.trainyard.jobs.config.CalibrationName;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleSigner;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.bundle.InputExample;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.placement.Placement.FittedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The study's winner, fitted on the rows of the final fit, tested once, and registered. */
final class FinalModel {
    /** Part of a model's fingerprint: to be raised when the same winner is fitted or bundled differently. */
    private static final int SEMANTICS = 3;

    private final JobContext context;
    private final Learning learning;
    private final Search.Result search;
    private final TrainedRows rows;
    private final Optional<BundleSigner> signer;
    private final String name;

    /** @param signer signs the bundle, if anybody does */
    FinalModel(
            JobContext context,
            Learning learning,
            Search.Result search,
            TrainedRows rows,
            Optional<BundleSigner> signer) {
        this.signer = signer;
        this.context = context;
        this.rows = rows;
        this.learning = learning;
        this.search = search;
        this.name = context.pipeline().modelName();
    }

    /** The version that a run with the same winner registered, made of it in the same way. */
    Optional<ModelVersion> registered() {
        return context.registry().byFingerprint(name, fingerprint());
    }

    /** An ensemble is chosen from the whole study, so that more trials may make another. */
    private String fingerprint() {
        ModelRecipe winner = ModelRecipe.of(search.winner());
        SearchConfig config = context.pipeline().search();
        Fingerprint fingerprint = Fingerprint.of("model", SEMANTICS)
                .add("study", search.fingerprint())
                .add("params", winner.only().params().text())
                .add("rounds", winner.only().rounds())
                .add("learner", winner.learner().name());
        if (config.ensemble() > 0) {
            fingerprint
                    .add("ensemble", config.ensemble())
                    .add("trials", search.history().finished().size());
        }
        if (config.calibrate()) {
            fingerprint.add("calibrate", true);
        }
        if (config.calibration() != CalibrationName.PLATT) {
            fingerprint.add("calibration", config.calibration());
        }
        return fingerprint.hex();
    }

    ModelVersion fitAndRegister(Placements placements) throws IOException, InterruptedException {
        ModelRecipe recipe = new Blending(
                        context.pipeline().search(), learning.settings().metric(), search, context.console())
                .recipe(placements);
        Encoding encoding = learning.encoding(recipe.learner());
        FittedModel model = Blending.fit(recipe, encoding.columns(), placements, "final fit · " + name);
        ModelFiles files = new ModelFiles(context.spark(), context.warehouse());
        context.console().say("fitted " + recipe.describe());
        FinalTest test = new FinalTest(context.spark(), learning);
        Scorer scorer = new Scorer(encoding, files.transformer(model, encoding), recipe.calibration());
        List<Score> scores = test.scores(scorer);
        List<FeatureImportance> importance =
                FinalTest.importance(model, encoding, recipe.calibration(), placements.of(recipe.learner()));
        try (LocalFolder folder = LocalFolder.create()) {
            Path bundle = folder.path();
            files.write(model, encoding, bundle);
            if (recipe.calibration().isPresent()) {
                recipe.calibration().get().write(bundle);
            }
            FeatureExpressions.of(context.pipeline(), encoding).write(bundle);
            rows.write(bundle);
            ModelProfiles.of(context.spark(), learning.set(), test.predictions(scorer))
                    .write(bundle);
            InputExample.write(bundle, encoding, learning.columns());
            BundleMetadata metadata = new BundleMetadata(lineage(recipe), scores, importance);
            sign(carded(name, bundle, encoding, metadata, rows));
            ModelVersion version = context.registry().register(name, bundle, fingerprint(), Map.of());
            context.console().say("registered %s version %d".formatted(name, version.number()));
            return version;
        }
    }

    /** A bundle with the card of its model in it, for which it must be whole but for the card. */
    static Bundle carded(String name, Path folder, Encoding encoding, BundleMetadata metadata, TrainedRows rows)
            throws IOException {
        Bundle uncarded = BundleWriter.write(folder, encoding, metadata);
        ModelCard.of(name, uncarded, rows).write(folder);
        return BundleWriter.write(folder, encoding, metadata);
    }

    private void sign(Bundle bundle) {
        signer.ifPresent(known -> {
            known.sign(bundle);
            context.console().say("signed by the key " + known.key());
        });
    }

    private Lineage lineage(ModelRecipe recipe) {
        List<Lineage.Input> inputs = new ArrayList<>();
        TrainingSet set = learning.set();
        inputs.add(
                new Lineage.Input(set.table().path(), String.valueOf(set.table().version()), set.fingerprint()));
        set.inputs().forEach(input -> inputs.add(Declarations.lineage(input)));
        return new Lineage(
                inputs,
                search.study(),
                recipe.isEnsemble() ? search.winner().number() : recipe.only().trial(),
                learning.settings().seed(),
                recipe.learner().name(),
                recipe.parameters(),
                new Environment(context.environment()).commit(),
                new Environment(context.environment()).versions(),
                context.asOf());
    }
}
