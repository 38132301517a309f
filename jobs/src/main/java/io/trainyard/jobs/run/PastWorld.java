package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.ObservedRows;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.profile.Drift;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.DriftRules;
import io.trainyard.features.profile.Profile;
import io.trainyard.jobs.monitor.Quality;
import io.trainyard.jobs.monitor.TimeWindow;
import io.trainyard.jobs.retrain.BacktestWorld;
import io.trainyard.jobs.retrain.DriftEvidence;
import io.trainyard.jobs.retrain.MetricEvidence;
import io.trainyard.registry.Score;
import io.trainyard.tuning.learner.TrialSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The past of a pipeline's rows. What a model is compared with is its rehearsal: the model that was fitted in the same way one period before,
 * judged on the newest period that it could not know, as a training is tested on its newest rows. Where there were no rows for that, it is
 * the model's own first period.
 */
final class PastWorld implements BacktestWorld<BacktestModel> {
    private final BacktestRows rows;
    private final BacktestFit fit;
    private final TrialSettings settings;
    private final Map<Instant, TimeWindow> periodBefore;
    private final Map<Instant, Optional<BacktestModel>> models = new HashMap<>();
    private final Map<Instant, Look> references = new HashMap<>();
    private final Map<At, Look> looks = new HashMap<>();
    private final Map<At, Double> scores = new HashMap<>();
    private final Map<TimeWindow, Met> met = new HashMap<>();
    private final Map<TimeWindow, Boolean> changed = new HashMap<>();
    private final Map<Instant, Long> labelled = new HashMap<>();

    /** @param periodBefore by its end: the period that a model of that moment is rehearsed on */
    PastWorld(BacktestRows rows, BacktestFit fit, TrialSettings settings, Map<Instant, TimeWindow> periodBefore) {
        this.rows = rows;
        this.fit = fit;
        this.settings = settings;
        this.periodBefore = Map.copyOf(periodBefore);
    }

    /** A model in a period. */
    private record At(Instant fitted, TimeWindow period) {}

    /** What a model said in a period, and how good that was. */
    private record Look(Quality quality, Profile predictions) {}

    /** What a period brought, whatever the model. */
    private record Met(Profile features, Profile labels) {}

    @Override
    public BacktestModel fit(Instant by) {
        return fitted(by)
                .orElseThrow(() -> new JobException(
                        "Cannot fit a model as of %s: no rows with two values of the label were known by then; begin the backtest later, or widen training.split"
                                .formatted(by)));
    }

    private Optional<BacktestModel> fitted(Instant by) {
        Optional<BacktestModel> known = models.get(by);
        if (known == null) {
            known = fit.fit(rows, by);
            models.put(by, known);
        }
        return known;
    }

    @Override
    public long trainedRows(BacktestModel model) {
        return model.rows();
    }

    @Override
    public long labelledRows(Instant by) {
        return labelled.computeIfAbsent(by, moment -> rows.labelled(moment).count());
    }

    @Override
    public double score(BacktestModel model, TimeWindow period) {
        return scores.computeIfAbsent(new At(model.by(), period), at -> {
            boolean late = changed.computeIfAbsent(period, rows::becameKnownLater);
            Quality quality = late
                    ? quality(model, rows.of(period), period).quality()
                    : look(at, model).quality();
            return quality.measured().stream()
                    .filter(score -> score.metric().equals(metric()))
                    .mapToDouble(Score::value)
                    .findFirst()
                    .orElse(Double.NaN);
        });
    }

    /** The score's name. */
    String metric() {
        return settings.metric().scored(settings.shape());
    }

    @Override
    public Seen look(BacktestModel model, TimeWindow period) {
        Look look = look(new At(model.by(), period), model);
        Look reference = reference(model, look);
        Met seen = met.computeIfAbsent(period, this::met);
        Optional<DriftReport> labels = Optional.of(seen.labels())
                .filter(profile -> profile.rows() >= DriftRules.STANDARD.minimumRows())
                .map(profile -> drift(model.labels(), profile));
        return new Seen(
                DriftEvidence.of(
                        drift(model.features(), seen.features()),
                        model.weights(),
                        tested(model),
                        drift(reference.predictions(), look.predictions()),
                        labels),
                MetricEvidence.of(
                        metric(),
                        settings.metric().higherIsBetter(),
                        look.quality(),
                        reference.quality().measured()));
    }

    /** How far the rehearsal's rows had moved from those that it was fitted on. */
    private Optional<DriftReport> tested(BacktestModel model) {
        return Optional.ofNullable(periodBefore.get(model.by()))
                .flatMap(period -> fitted(period.from())
                        .map(rehearsed -> drift(
                                rehearsed.features(),
                                met.computeIfAbsent(period, this::met).features())));
    }

    private Look reference(BacktestModel model, Look first) {
        Look known = references.get(model.by());
        if (known == null) {
            known = rehearsal(model.by()).orElse(first);
            references.put(model.by(), known);
        }
        return known;
    }

    private Optional<Look> rehearsal(Instant by) {
        return Optional.ofNullable(periodBefore.get(by))
                .flatMap(period -> fitted(period.from()).map(model -> look(new At(model.by(), period), model)))
                .filter(look -> !look.quality().measured().isEmpty());
    }

    private Look look(At at, BacktestModel model) {
        Look known = looks.get(at);
        if (known == null) {
            known = quality(model, rows.seen(at.period()), at.period());
            looks.put(at, known);
        }
        return known;
    }

    private Look quality(BacktestModel model, Dataset<Row> period, TimeWindow window) {
        ObservedRows.Selected selected = new ObservedRows.Selected(period, rows.features());
        try (WatchedRows watched = WatchedRows.of(selected, model.scorer(), settings.task(), List.of(window))) {
            return new Look(
                    new WindowQuality(watched, settings, List.of(), settings.metrics()).of(0), watched.predictions(0));
        }
    }

    private Met met(TimeWindow period) {
        Dataset<Row> seen = rows.seen(period);
        return new Met(
                ModelProfiles.ofFeatures(seen, rows.features()),
                ModelProfiles.ofLabels(seen.where(col(TrainingSet.LABEL).isNotNull()), BacktestFit.LABEL));
    }

    private static DriftReport drift(Profile reference, Profile current) {
        return Drift.between(reference, current, DriftRules.STANDARD);
    }
}
