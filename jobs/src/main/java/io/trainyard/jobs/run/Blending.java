package io.trainyard.jobs.run;

import io.trainyard.jobs.config.CalibrationName;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.registry.bundle.Calibration;
import io.trainyard.tuning.ensemble.Blend;
import io.trainyard.tuning.ensemble.BoosterSum;
import io.trainyard.tuning.ensemble.Candidate;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.placement.Placement;
import io.trainyard.tuning.placement.Placement.FittedModel;
import io.trainyard.tuning.placement.ResidentPlacement;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the final model is made of: the study's winner, or a mean of its best boosters where that does better on the validation rows,
 * calibrated where the file asks for that.
 */
final class Blending {
    /** Additions that the selection tries, which bounds the size of an ensemble and the fineness of its weights. */
    private static final int ADDITIONS = 25;

    private final SearchConfig config;
    private final Metric metric;
    private final Search.Result search;
    private final Console console;

    /** @param metric of the search, for the user to read */
    Blending(SearchConfig config, Metric metric, Search.Result search, Console console) {
        this.config = config;
        this.metric = metric;
        this.search = search;
        this.console = console;
    }

    ModelRecipe recipe(Placements placements) throws IOException, InterruptedException {
        ModelRecipe alone = ModelRecipe.of(search.winner());
        List<Candidate> candidates = candidates();
        if (candidates.isEmpty()) {
            return alone;
        }
        Learner learner = new XGBoostLearner();
        if (!(placements.of(learner) instanceof ResidentPlacement resident)) {
            console.say("no ensemble and no calibration: they take the validation rows in one executor");
            return alone;
        }
        if (candidates.size() > 1) {
            console.say("fitting %d trials again for an ensemble".formatted(candidates.size()));
        }
        Blend blend = resident.blend("ensemble of %d trials".formatted(candidates.size()), candidates, ADDITIONS);
        if (!wins(blend.chosen().value())) {
            console.say(
                    "no ensemble and no calibration: boosters come to %s %s on the validation rows, and the winner is better"
                            .formatted(metric, TrialText.number(blend.chosen().value())));
            return alone;
        }
        ModelRecipe recipe = recipe(learner, candidates, blend);
        if (recipe.isEnsemble()) {
            console.say("ensemble of %d trials: %s %s on the validation rows, the best of them alone %s"
                    .formatted(
                            recipe.members().size(),
                            metric,
                            TrialText.number(blend.chosen().value()),
                            TrialText.number(blend.chosen().best())));
        }
        return recipe;
    }

    private ModelRecipe recipe(Learner learner, List<Candidate> candidates, Blend blend) {
        List<ModelRecipe.Member> members = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (blend.chosen().counts().get(i) > 0) {
                members.add(
                        new ModelRecipe.Member(candidates.get(i), blend.chosen().weight(i)));
            }
        }
        return new ModelRecipe(
                learner,
                members,
                Optional.of(blend.scaling()).filter(platt -> calibrates(CalibrationName.PLATT) && platt.slope() > 0),
                Optional.of(blend.isotonic())
                        .filter(isotonic -> calibrates(CalibrationName.ISOTONIC) && isotonic.rises())
                        .map(isotonic -> Calibration.isotonic(isotonic.margins(), isotonic.probabilities())));
    }

    private boolean calibrates(CalibrationName method) {
        return config.calibrate() && config.calibration() == method;
    }

    /** A booster that won the study is among the candidates, so that no mean of them is worse. */
    private boolean wins(double value) {
        boolean boosterWon = LearnerSpace.learner(search.winner().params()) instanceof XGBoostLearner;
        return boosterWon
                || search.direction().better(value, search.winner().value().orElseThrow());
    }

    /**
     * Fits every member on the rows of the final fit, and makes one model of them.
     *
     * @param columns that the encoding gives
     */
    static FittedModel fit(ModelRecipe recipe, List<String> columns, Placements placements, String description)
            throws IOException, InterruptedException {
        Placement placement = placements.of(recipe.learner());
        if (!recipe.isEnsemble() && recipe.scaling().isEmpty()) {
            return placement.fit(
                    description, recipe.only().params(), recipe.only().rounds());
        }
        List<Candidate> members =
                recipe.members().stream().map(ModelRecipe.Member::candidate).toList();
        List<BoosterSum> boosters = new ArrayList<>();
        for (FittedModel.Booster member : ((ResidentPlacement) placement).fit(description, members)) {
            boosters.add(BoosterSum.of(member.ubj()));
        }
        BoosterSum sum = BoosterSum.mean(
                boosters,
                recipe.members().stream().map(ModelRecipe.Member::weight).toList());
        return new FittedModel.Booster(
                recipe.scaling().map(sum::scaled).orElse(sum).ubj(columns));
    }

    /** The best trials of XGBoost; the winner alone where only its probabilities matter. */
    private List<Candidate> candidates() {
        if (config.ensemble() == 0 && !config.calibrate()) {
            return List.of();
        }
        List<Candidate> boosters = search.history().complete().stream()
                .filter(trial -> LearnerSpace.learner(trial.params()) instanceof XGBoostLearner)
                .filter(trial -> !isDart(LearnerSpace.own(trial.params())))
                .sorted(Comparator.comparingDouble(
                        trial -> search.direction().loss(trial.value().orElseThrow())))
                .map(ModelRecipe::candidate)
                .toList();
        return boosters.stream()
                .filter(candidate -> start(candidate).equals(start(boosters.get(0))))
                .limit(Math.max(1, config.ensemble()))
                .toList();
    }

    /** Its trees have weights of their own, which a sum of boosters does not know. */
    private static boolean isDart(Params params) {
        return params.has(XGBoostLearner.BOOSTER)
                && params.value(XGBoostLearner.BOOSTER).equals(XGBoostLearner.DART);
    }

    /** What a booster's base score hangs on: only those that begin at the same one can be added up. */
    private static Map<String, Object> start(Candidate candidate) {
        Map<String, Object> start = new HashMap<>(candidate.params().values());
        start.keySet().retainAll(Set.of("scale_pos_weight", "tweedie_variance_power"));
        return start;
    }
}
