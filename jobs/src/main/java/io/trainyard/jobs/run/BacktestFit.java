package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.jobs.retrain.FeatureWeights;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.EncodingFit;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.placement.OneTaskFit;
import io.trainyard.tuning.placement.Placement.FittedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fits a backtest's models, each with an encoding of its own rows alone. */
final class BacktestFit {
    /** The column of profiles of labels. */
    static final String LABEL = "label";

    private final ModelFiles files;
    private final BacktestRecipe recipe;
    private final Target target;
    private final TrialSettings settings;
    private final Console console;

    BacktestFit(ModelFiles files, BacktestRecipe recipe, Target target, TrialSettings settings, Console console) {
        this.files = files;
        this.recipe = recipe;
        this.target = target;
        this.settings = settings;
        this.console = console;
    }

    /** A model as of a moment; empty where nothing could be learned by then. */
    Optional<BacktestModel> fit(BacktestRows rows, Instant by) {
        Dataset<Row> fitted = rows.fitted(by).cache();
        try {
            return BacktestRows.vary(fitted) ? Optional.of(fit(rows, by, fitted)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } finally {
            fitted.unpersist();
        }
    }

    private BacktestModel fit(BacktestRows rows, Instant by, Dataset<Row> fitted) throws IOException {
        Encoding encoding = EncodingFit.trees(ColumnSummaries.of(fitted, rows.features()), target);
        EncodedRows encoded = new EncodedRows(encoding, rows.features());
        Dataset<Row> numbers = fitted.select(
                encoded.features().as(SparkLearner.FEATURES),
                encoded.label().as(SparkLearner.LABEL),
                col(TrainingSet.WEIGHT).as(SparkLearner.WEIGHT),
                col(TrainingSet.KEY));
        OneTaskFit.Fitted model = new OneTaskFit(settings, recipe.params(), recipe.rounds())
                .fit(numbers, encoding.columns(), encoding.columnTypes(), List.of(TrainingSet.KEY));
        long count = fitted.count();
        console.say("fitted %,d rows as of %s".formatted(count, by));
        return new BacktestModel(
                by,
                new Scorer(
                        encoding, files.transformer(new FittedModel.Booster(model.ubj()), encoding), Optional.empty()),
                count,
                weights(encoding, model.contributions()),
                ModelProfiles.ofFeatures(fitted, rows.features()),
                ModelProfiles.ofLabels(fitted, LABEL));
    }

    /** An encoding for trees has one column a feature, in their order, under a name that XGBoost takes. */
    private static Map<String, Double> weights(Encoding encoding, double[] contributions) {
        List<FeatureImportance> importances = new ArrayList<>();
        for (int column = 0; column < contributions.length; column++) {
            importances.add(new FeatureImportance(
                    encoding.features().get(column).name(), Double.NaN, contributions[column], Double.NaN));
        }
        return FeatureWeights.of(importances, UnaryOperator.identity());
    }
}
