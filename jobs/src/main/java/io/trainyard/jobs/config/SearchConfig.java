package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.ColumnNames;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.tuning.learner.Preset;
import io.trainyard.tuning.metric.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The search for the best model. */
@Description("the search for the best learner and hyperparameters")
public record SearchConfig(
        @Description("metric to optimise on the validation rows; by default roc_auc, log_loss or rmse, by task")
        Optional<Metric> metric,

        @Description(
                "several metrics to optimise together, for a front of best trials; the first one chooses the model")
        @Default("[]")
        List<Metric> metrics,

        @Description("families of models to try") @Default("[xgboost]") @Range(min = 1)
        List<LearnerName> learners,

        @Description("number of trials") @Default("40") @Range(min = 1)
        int trials,

        @Description("time after which no trial is started") Optional<Duration> timeout,

        @Description("what ends the search before all trials have run")
        Optional<StopConfig> stop,

        @Description("another seed is another search") @Default("0")
        long seed,

        @Description("how the next trial is chosen") @Default("auto")
        SamplerName sampler,

        @Description("how bad trials end early: between rounds of xgboost, or between folds where the split has some")
        @Default("none")
        PrunerName pruner,

        @Description(
                "where trials of xgboost run: 'resident' in executors that hold all rows, 'distributed' on several workers that share them; 'auto' shares what no executor has room for")
        @Default("auto")
        PlacementName placement,

        @Description(
                "what trials of xgboost are trained on: 'cuda' needs a build for GPUs, and tasks to which Spark gives one")
        @Default("cpu")
        DeviceName device,

        @Description("workers that share the rows of a distributed trial; by default as few as have room for them")
        @Range(min = 1)
        Optional<Integer> workers,

        @Description("trials at the same time; by default as many as the cluster has room for") @Range(min = 1)
        Optional<Integer> parallelism,

        @Description("make every suggestion independent of timing, so that the study repeats exactly") @Default("false")
        boolean lockstep,

        @Description("upper bound of boosting rounds; early stopping finds the number") @Default("2000") @Range(min = 1)
        int rounds,

        @Description("rounds without improvement after which a trial stops; 0 to train all rounds")
        @Default("50")
        @Range(min = 0)
        int earlyStopping,

        @Description("which hyperparameters are tried, in which ranges, where 'space' does not say it")
        @Default("default")
        Preset preset,

        @Description("hyperparameters by learner; each replaces the learner's usual range of that name") @Default("{}")
        Map<LearnerName, Map<String, ParameterConfig>> space,

        @Description("what must hold between hyperparameters, such as xgboost.max_leaves <= 2 ^ xgboost.max_depth")
        @Default("[]")
        List<String> constraints,

        @Description("configurations to try first; what one does not name is as in the library's defaults")
        @Default("[]")
        List<Map<String, String>> enqueue,

        @Description(
                "whether the libraries' defaults and configurations that did well on other data are tried first, after those of 'enqueue'")
        @Default("true")
        boolean portfolio,

        @Description("how many of the best trials of xgboost may be averaged into one booster; 0 for none")
        @Default("0")
        @Range(min = 0, max = 100)
        int ensemble,

        @Description("bring a booster's probabilities of two classes to the shares that the validation rows have")
        @Default("false")
        boolean calibrate,

        @Description(
                "how 'calibrate' does it: 'platt' scales margins, within the booster; 'isotonic' takes any function that never falls, in a file beside it, and some thousand validation rows")
        @Default("platt")
        CalibrationName calibration,

        @Description(
                "features with which the predictions of xgboost may only rise, or only fall, all others being equal")
        @Default("{}")
        @ColumnNames
        Map<String, Monotone> monotone,

        @Description("groups of features that may meet in a branch of xgboost's trees; by default all may")
        @Default("[]")
        List<List<String>> interactions,

        @Description("'previous', or the name of a study whose best configurations are tried early")
        Optional<String> warmStart)
        implements Checked {

    public SearchConfig {
        learners = List.copyOf(learners);
        metrics = List.copyOf(metrics);
        constraints = List.copyOf(constraints);
        enqueue = enqueue.stream()
                .map(values -> Collections.unmodifiableMap(new LinkedHashMap<>(values)))
                .toList();
        Map<LearnerName, Map<String, ParameterConfig>> copy = new LinkedHashMap<>();
        space.forEach((learner, parameters) ->
                copy.put(learner, Collections.unmodifiableMap(new LinkedHashMap<>(parameters))));
        space = Collections.unmodifiableMap(copy);
        monotone = Collections.unmodifiableMap(new LinkedHashMap<>(monotone));
        interactions = interactions.stream().map(List::copyOf).toList();
    }

    @Override
    public List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        Set<LearnerName> seen = new HashSet<>();
        learners.stream()
                .filter(learner -> !seen.add(learner))
                .forEach(twice -> flaws.add(new Flaw("learners", "'%s' is named twice: keep one".formatted(twice))));
        space.keySet().stream()
                .filter(learner -> !seen.contains(learner))
                .forEach(idle -> flaws.add(
                        new Flaw("space." + idle, "is not among the learners: add it to them, or remove its space")));
        if (workers.isPresent() && placement != PlacementName.DISTRIBUTED) {
            flaws.add(new Flaw("workers", "share the rows of distributed trials alone: add 'placement: distributed'"));
        }
        if (timeout.filter(Duration::isZero).isPresent()) {
            flaws.add(new Flaw("timeout", "must be longer than nothing"));
        }
        if (lockstep && timeout.isPresent()) {
            flaws.add(new Flaw("timeout", "makes the study depend on timing: remove it, or 'lockstep'"));
        }
        if (lockstep && parallelism.isEmpty()) {
            flaws.add(new Flaw("lockstep", "needs a fixed number of trials at the same time: add 'parallelism'"));
        }
        if (metric.isPresent() && !metrics.isEmpty()) {
            flaws.add(new Flaw("metrics", "does not go with 'metric': keep one of the two"));
        }
        if (metrics.size() > 1 && !Set.of(SamplerName.AUTO, SamplerName.NSGA2).contains(sampler)) {
            flaws.add(new Flaw(
                    "sampler", "'%s' optimises one metric: use 'nsga2' or 'auto' for several".formatted(sampler)));
        }
        if (pruner != PrunerName.NONE) {
            flaws.addAll(prunerFlaws());
        }
        if (ensemble == 1) {
            flaws.add(new Flaw("ensemble", "averages 1 trial: give 2 or more, or 0 for none"));
        }
        flaws.addAll(constraintFlaws());
        if (!learners.contains(LearnerName.XGBOOST)) {
            if (ensemble > 1) {
                flaws.add(
                        new Flaw("ensemble", "averages trials of xgboost, which is not among the learners: remove it"));
            }
            if (calibrate) {
                flaws.add(new Flaw(
                        "calibrate", "scales boosters of xgboost, which is not among the learners: remove it"));
            }
        }
        if (!calibrate && calibration != CalibrationName.PLATT) {
            flaws.add(new Flaw(
                    "calibration",
                    "'%s' says how to calibrate, and nothing is calibrated: add 'calibrate: true', or remove it"
                            .formatted(calibration)));
        }
        if (sampler == SamplerName.GRID) {
            learners.stream().distinct().forEach(learner -> flaws.addAll(gridFlaws(learner)));
        }
        return flaws;
    }

    /** A model that may break a constraint is no candidate where one is asked for. */
    private List<Flaw> constraintFlaws() {
        Optional<LearnerName> free = learners.stream()
                .filter(learner -> learner != LearnerName.XGBOOST)
                .findFirst();
        List<Flaw> flaws = new ArrayList<>();
        free.ifPresent(learner -> {
            String problem = "'%s' knows no such constraint: remove it, or the learner".formatted(learner);
            if (!monotone.isEmpty()) {
                flaws.add(new Flaw("monotone", problem));
            }
            if (!interactions.isEmpty()) {
                flaws.add(new Flaw("interactions", problem));
            }
        });
        return flaws;
    }

    private List<Flaw> prunerFlaws() {
        List<Flaw> flaws = new ArrayList<>();
        if (lockstep && pruner.pauses()) {
            flaws.add(new Flaw(
                    "pruner",
                    "'%s' lets trials go on by the order in which they report: use 'median', or remove 'lockstep'"
                            .formatted(pruner)));
        }
        if (metrics.size() > 1) {
            flaws.add(new Flaw(
                    "pruner", "'%s' ends trials by one metric: remove it, or keep one metric".formatted(pruner)));
        }
        if (!pruner.betweenFolds() && !learners.contains(LearnerName.XGBOOST)) {
            flaws.add(new Flaw(
                    "pruner",
                    "'%s' ends trials of xgboost alone, which is not among the learners: remove it".formatted(pruner)));
        }
        return flaws;
    }

    private List<Flaw> gridFlaws(LearnerName learner) {
        Map<String, ParameterConfig> parameters = space.getOrDefault(learner, Map.of());
        if (parameters.isEmpty()) {
            return List.of(new Flaw(
                    "sampler",
                    "a grid needs a finite space: list the hyperparameters of '%s' in 'space'".formatted(learner)));
        }
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().finite())
                .map(parameter -> new Flaw(
                        "space." + learner + "." + parameter.getKey(),
                        "a grid needs a finite space: add 'step', or list the values as 'choices'"))
                .toList();
    }
}
