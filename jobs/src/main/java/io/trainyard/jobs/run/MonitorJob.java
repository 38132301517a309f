package io.trainyard.jobs.run;

import io.trainyard.features.build.ObservedRows;
import io.trainyard.features.profile.Drift;
import io.trainyard.features.profile.DriftMeasure;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.profile.DriftRules;
import io.trainyard.features.profile.DriftRules.Threshold;
import io.trainyard.features.profile.Profile;
import io.trainyard.features.source.NearestName;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.jobs.config.MonitorConfig;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.FindingRules;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.monitor.Incidents;
import io.trainyard.jobs.monitor.Inputs;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.SourceAge;
import io.trainyard.jobs.monitor.TimeWindow;
import io.trainyard.jobs.monitor.Watched;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.tuning.learner.TrialSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a registered model at work: what it met in windows of time that are over, what it said, and how good that was. */
public final class MonitorJob {
    /** Part of a run's fingerprint: to be raised when the same rows are looked at otherwise. */
    private static final int SEMANTICS = 1;

    private final JobContext context;
    private final MonitorConfig config;

    /** @throws JobException if the pipeline does not say what to watch */
    public MonitorJob(JobContext context) {
        this.context = context;
        this.config = context.pipeline()
                .monitor()
                .orElseThrow(
                        () -> new JobException(
                                "Cannot monitor: the pipeline file has no section 'monitor'; add, for example, monitor: {every: week, windows: 4}"));
    }

    /**
     * What was seen.
     *
     * @param reused whether exactly this was looked at before
     */
    public record Result(ModelVersion version, MonitorReport report, boolean reused) {}

    /** @param model the version to watch as {@code NAME@ALIAS} or {@code NAME@NUMBER}, empty for what the pipeline file says */
    public Result run(Optional<String> model) throws IOException {
        context.console().stage("Monitor");
        ModelVersion version = new ServedVersion(context, "monitor").of(model, config.alias());
        List<TimeWindow> windows = windows();
        try (FetchedBundle fetched = context.fetch(version)) {
            Bundle bundle = fetched.bundle();
            FeatureExpressions features = FeatureExpressions.read(bundle);
            features.requireViews(version, context.pipeline());
            requireSlices(bundle);
            try (ObservedRows rows = FeatureTables.store(context)
                    .observed(Declarations.watched(context.pipeline(), rows()), context.asOf())) {
                return look(version, bundle, rows, windows);
            }
        }
    }

    /**
     * Puts a page about a model where the last one was.
     *
     * @return where that is
     */
    public String publish(String model, String html) throws IOException {
        String file = context.warehouse().monitorPage(model);
        context.storage().replace(file, html);
        context.console().say("wrote " + file);
        return file;
    }

    private String rows() {
        return config.rows().orElse(context.pipeline().training().rows());
    }

    /** The last ones that are over, in the order of time. */
    private List<TimeWindow> windows() {
        ZoneId zone = context.pipeline().timezone();
        Instant end = config.every().start(context.asOf(), zone);
        List<TimeWindow> windows = new ArrayList<>();
        for (int i = config.windows(); i > 0; i--) {
            windows.add(new TimeWindow(
                    config.every().move(end, -i, zone), config.every().move(end, 1 - i, zone)));
        }
        return windows;
    }

    private void requireSlices(Bundle bundle) {
        List<String> known = bundle.encoding().features().stream()
                .map(feature -> feature.name())
                .toList();
        config.slices().stream()
                .filter(slice -> !known.contains(slice))
                .findFirst()
                .ifPresent(slice -> {
                    throw new JobException("monitor.slices: the model has no feature '%s'%s"
                            .formatted(slice, NearestName.hint(slice, known)));
                });
    }

    private Result look(ModelVersion version, Bundle bundle, ObservedRows observed, List<TimeWindow> windows)
            throws IOException {
        Watched watched = new Watched(version.model(), version.number(), rows());
        TrialSettings settings =
                WatchedSettings.of(context.pipeline(), bundle.encoding().target());
        FindingRules rules = new FindingRules(
                settings.metric().scored(settings.shape()), settings.metric().higherIsBetter(), config.metricDrop());
        MonitorTable table =
                new MonitorTable(context.spark(), context.warehouse().monitoring(), config.every());
        String fingerprint = fingerprint(version, observed, windows);
        List<WindowReport> reports = table.reports(fingerprint);
        boolean reused = reports.size() == windows.size();
        if (reused) {
            context.console().say("nothing new: these windows were looked at before");
        } else {
            reports = measure(watched, version, bundle, observed, windows, settings);
            table.add(fingerprint, reports, findings(rules, reports));
        }
        Inputs inputs = inputs(observed);
        MonitorReport report = new MonitorReport(
                context.pipeline().name(),
                context.asOf(),
                rules.metric(),
                reports,
                findings(rules, reports),
                inputs,
                incidents(Incidents.of(watched, table.observed(watched)), inputs));
        return new Result(version, report, reused);
    }

    /** How old the sources are now, and what tests found, whether or not the windows were looked at before. */
    private Inputs inputs(ObservedRows observed) {
        FreshnessLimits limits =
                new FreshnessLimits(Declarations.watched(context.pipeline(), rows()), config.freshness());
        limits.requireBehind(observed.timedSources());
        List<SourceAge> ages = new ArrayList<>();
        for (String source : observed.timedSources()) {
            limits.of(source)
                    .ifPresent(
                            limit -> ages.add(new SourceAge(source, context.asOf(), observed.newest(source), limit)));
        }
        return new Inputs(ages, observed.reports());
    }

    /** Those of the windows and those of the inputs, the latest first. */
    private List<Incident> incidents(List<Incident> ofWindows, Inputs inputs) {
        InputTable table = new InputTable(
                context.spark(),
                context.warehouse().inputs(),
                context.pipeline().name());
        table.add(inputs, context.asOf(), Instant.now(context.clock()));
        List<Incident> incidents = new ArrayList<>(ofWindows);
        incidents.addAll(Incidents.ofInputs(context.pipeline().name(), table.observed()));
        incidents.sort(Comparator.comparing(Incident::opened)
                .thenComparing(Incident::id)
                .reversed());
        return incidents;
    }

    private static List<List<Finding>> findings(FindingRules rules, List<WindowReport> reports) {
        List<List<Finding>> findings = new ArrayList<>();
        for (int i = 1; i <= reports.size(); i++) {
            findings.add(rules.of(reports.subList(0, i)));
        }
        return findings;
    }

    private String fingerprint(ModelVersion version, ObservedRows observed, List<TimeWindow> windows) {
        return Fingerprint.of("monitoring", SEMANTICS)
                .add("model", version.digest())
                .add("rows", observed.fingerprint())
                .add("windows", windows.toString())
                .add("slices", config.slices().toString())
                .add("drift", config.drift())
                .add("metric drop", config.metricDrop())
                .add("metric", context.pipeline().search().metric().toString())
                .hex();
    }

    private List<WindowReport> measure(
            Watched watched,
            ModelVersion version,
            Bundle bundle,
            ObservedRows observed,
            List<TimeWindow> windows,
            TrialSettings settings)
            throws IOException {
        ModelProfiles reference = ModelProfiles.read(bundle)
                .orElseThrow(() -> new JobException(
                        "Cannot monitor version %d of %s: its bundle holds no profile of what it was trained on; train a new version"
                                .formatted(version.number(), version.model())));
        ObservedRows.Selected selected = observed.select(
                FeatureExpressions.read(bundle).expressions(),
                windows.get(0).from(),
                windows.get(windows.size() - 1).to());
        Scorer scorer = Scorer.of(bundle, new ModelFiles(context.spark(), context.warehouse()));
        try (WatchedRows rows = WatchedRows.of(selected, scorer, settings.task(), windows)) {
            context.console().say("predicting with version %d".formatted(version.number()));
            Map<Integer, WatchedRows.Size> sizes = rows.sizes();
            context.console().say("measuring");
            WindowQuality quality = new WindowQuality(rows, settings, config.slices());
            List<WindowReport> reports = new ArrayList<>();
            for (int i = 0; i < windows.size(); i++) {
                WatchedRows.Size size = sizes.getOrDefault(i, WatchedRows.Size.NONE);
                context.console()
                        .say("comparing %s to %s: %,d rows"
                                .formatted(windows.get(i).from(), windows.get(i).to(), size.rows()));
                reports.add(new WindowReport(
                        watched,
                        windows.get(i),
                        context.asOf(),
                        size.newest(),
                        drift(reference.features(), rows.features(i)),
                        drift(reference.predictions(), rows.predictions(i)),
                        labels(reference, rows, i),
                        quality.of(i),
                        quality.slices(i),
                        version.scores()));
            }
            return reports;
        }
    }

    private Optional<DriftReport> labels(ModelProfiles reference, WatchedRows rows, int window) {
        Profile labels = rows.labels(window, reference.labels().columns().get(0).column());
        return labels.rows() < rules().minimumRows()
                ? Optional.empty()
                : Optional.of(drift(reference.labels(), labels));
    }

    private DriftReport drift(Profile reference, Profile current) {
        return Drift.between(reference, current, rules());
    }

    /** The customary proportions between the measures, at the size that the file says. */
    private DriftRules rules() {
        DriftRules standard = DriftRules.STANDARD;
        double scale = config.drift() / 0.1;
        Map<DriftMeasure, Threshold> thresholds = new HashMap<>();
        standard.thresholds()
                .forEach((measure, threshold) ->
                        thresholds.put(measure, new Threshold(threshold.watch() * scale, threshold.drifted() * scale)));
        return new DriftRules(standard.minimumRows(), standard.falseAlarms(), thresholds, standard.share());
    }
}
