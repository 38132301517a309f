package io.trainyard.jobs.run;

import io.trainyard.features.profile.Drift;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.DriftRules;
import io.trainyard.jobs.card.TrainedRows;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.jobs.retrain.ChampionEvidence;
import io.trainyard.jobs.retrain.DriftEvidence;
import io.trainyard.jobs.retrain.FeatureWeights;
import io.trainyard.jobs.retrain.MetricEvidence;
import io.trainyard.jobs.retrain.RetrainEvidence;
import io.trainyard.registry.Event;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.tuning.learner.TrialSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What registry and monitor know of the version at work, as a decision about it needs it. Times are logical ones. */
final class ChampionRecord {
    private final JobContext context;
    private final ModelVersion champion;
    private final String alias;
    private final Optional<Instant> cutOff;

    /** @param cutOff logical time of a training that was cut off, which does not count, whatever it has registered */
    ChampionRecord(JobContext context, ModelVersion champion, String alias, Optional<Instant> cutOff) {
        this.cutOff = cutOff;
        this.context = context;
        this.champion = champion;
        this.alias = alias;
    }

    /** @param labelled the window whose metric counts */
    RetrainEvidence evidence(MonitorReport report, WindowReport labelled) throws IOException {
        try (FetchedBundle fetched = context.fetch(champion)) {
            Bundle bundle = fetched.bundle();
            TrialSettings settings =
                    WatchedSettings.of(context.pipeline(), bundle.encoding().target());
            WindowReport latest = report.latest();
            return new RetrainEvidence(
                    DriftEvidence.of(
                            latest.features(), weights(bundle), tested(bundle), latest.predictions(), latest.labels()),
                    MetricEvidence.of(
                            report.metric(), settings.metric().higherIsBetter(), labelled.quality(), labelled.tested()),
                    champion(bundle, report));
        }
    }

    /** How far the rows of the test were from those of the fit. */
    private static Optional<DriftReport> tested(Bundle bundle) throws IOException {
        return ModelProfiles.read(bundle)
                .map(profiles -> Drift.between(profiles.features(), profiles.tested(), DriftRules.STANDARD));
    }

    /** Equal ones where the bundle does not say what the model makes of its features, as for rows too many for an executor. */
    private static Map<String, Double> weights(Bundle bundle) {
        if (!bundle.metadata().importance().isEmpty()) {
            return FeatureWeights.of(bundle.metadata().importance(), UnaryOperator.identity());
        }
        List<Feature> features = bundle.encoding().features();
        return features.stream().collect(Collectors.toMap(Feature::name, feature -> 1.0 / features.size()));
    }

    private ChampionEvidence champion(Bundle bundle, MonitorReport report) throws IOException {
        Instant trained = champion.lineage().asOf();
        long fitted = TrainedRows.read(bundle).map(TrainedRows::fitted).orElse(1L);
        long newRows = report.windows().stream()
                .filter(window -> window.window().to().isAfter(trained))
                .mapToLong(window -> window.quality().labelled())
                .sum();
        return new ChampionEvidence(
                since(trained), since(promoted()), since(lastTraining()), Math.max(1, fitted), newRows, previous());
    }

    private Duration since(Instant moment) {
        Duration passed = Duration.between(moment, context.asOf());
        return passed.isNegative() ? Duration.ZERO : passed;
    }

    /** By the clock of whoever promoted it; where that is after the logical time, as in a backfill, by its training's. */
    private Instant promoted() {
        return lastMove()
                .map(Event::at)
                .filter(at -> !at.isAfter(context.asOf()))
                .orElse(champion.lineage().asOf());
    }

    private Instant lastTraining() {
        return context.registry().model(champion.model()).orElseThrow().versions().stream()
                .map(version -> version.lineage().asOf())
                .filter(asOf -> !asOf.isAfter(context.asOf()) && !cutOff.equals(Optional.of(asOf)))
                .max(Instant::compareTo)
                .orElse(champion.lineage().asOf());
    }

    /** A version that was returned to has none before it that anyone wants. */
    private boolean previous() {
        return lastMove()
                .map(event ->
                        event instanceof Event.Promoted promoted && promoted.previous() != ModelRegistry.NO_VERSION)
                .orElse(false);
    }

    private Optional<Event> lastMove() {
        return context.registry().history(champion.model()).stream()
                .filter(this::movesAlias)
                .reduce((earlier, later) -> later);
    }

    private boolean movesAlias(Event event) {
        if (event instanceof Event.Promoted promoted) {
            return promoted.alias().equals(alias);
        }
        return event instanceof Event.RolledBack back && back.alias().equals(alias);
    }
}
