package io.trainyard.jobs.run;

import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.ensemble.Candidate;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.util.Optional;

/**
 * How a backtest fits XGBoost: always in the same way, since it compares when to train, and not how.
 *
 * @param params the configuration, by XGBoost's names; empty for the library's defaults
 * @param target what is predicted; empty where no version says it
 * @param source where the configuration comes from, in words
 */
record BacktestRecipe(Params params, int rounds, Optional<Target> target, String source) {
    /** What XGBoost's interfaces for Python's scikit-learn train without being told. */
    private static final int ROUNDS = 100;

    private static BacktestRecipe defaults(Optional<Target> target, String reason) {
        return new BacktestRecipe(
                Params.empty(),
                ROUNDS,
                target,
                "XGBoost's defaults with %d rounds, since %s".formatted(ROUNDS, reason));
    }

    /** The parameters of the version that holds the pipeline's alias, or the library's defaults. */
    static BacktestRecipe of(JobContext context, String alias) throws IOException {
        String model = context.pipeline().modelName();
        Optional<ModelVersion> version = context.registry().byAlias(model, alias);
        return version.isEmpty()
                ? defaults(Optional.empty(), "no version is %s@%s".formatted(model, alias))
                : of(context, version.get());
    }

    private static BacktestRecipe of(JobContext context, ModelVersion version) throws IOException {
        Optional<Target> target = Optional.of(target(context, version));
        if (!version.lineage().learner().equals("xgboost")) {
            return defaults(
                    target,
                    "version %d of %s is of %s"
                            .formatted(
                                    version.number(),
                                    version.model(),
                                    version.lineage().learner()));
        }
        ModelRecipe recipe = LineageRecipe.of(version.lineage());
        Candidate first = recipe.only();
        return new BacktestRecipe(
                first.params(),
                Math.max(1, first.rounds()),
                target,
                "those of version %d of %s%s"
                        .formatted(
                                version.number(),
                                version.model(),
                                recipe.isEnsemble() ? ", its ensemble's first member" : ""));
    }

    private static Target target(JobContext context, ModelVersion version) throws IOException {
        try (FetchedBundle fetched = context.fetch(version)) {
            return fetched.bundle().encoding().target();
        }
    }
}
