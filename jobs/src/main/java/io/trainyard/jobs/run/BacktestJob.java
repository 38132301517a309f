package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.build.ExampleSet;
import io.trainyard.features.build.ObservedRows;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.jobs.config.Every;
import io.trainyard.jobs.config.MonitorConfig;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.RetrainConfig;
import io.trainyard.jobs.config.SplitConfig;
import io.trainyard.jobs.monitor.TimeWindow;
import io.trainyard.jobs.retrain.Backtest;
import io.trainyard.jobs.retrain.BacktestReport;
import io.trainyard.jobs.retrain.RetrainPolicy;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Task;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the pipeline's policy of training again would have come to. It compares when to train, and not how: every model is XGBoost with the
 * same parameters, those of the registered version if it is one of XGBoost, else the library's defaults, without a search.
 */
public final class BacktestJob {
    private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

    private final JobContext context;
    private final Pipeline pipeline;
    private final MonitorConfig monitor;

    /** @throws JobException if the pipeline does not say how long a period is */
    public BacktestJob(JobContext context) {
        this.context = context;
        this.pipeline = context.pipeline();
        this.monitor = pipeline.monitor()
                .orElseThrow(
                        () -> new JobException(
                                "Cannot backtest: the pipeline file has no section 'monitor', which says how long a period is; add, for example, monitor: {every: month}"));
    }

    /**
     * What came of it.
     *
     * @param parameters where the models' parameters come from, in words
     */
    public record Result(BacktestReport report, boolean higherIsBetter, String parameters) {}

    /**
     * Replays the periods of section 'monitor' between two moments.
     *
     * @param from the start of the first period; the first model is fitted on what was known before
     * @param to the last period ends by then
     */
    public Result run(Instant from, Instant to) throws IOException {
        context.console().stage("Backtest");
        List<TimeWindow> periods = periods(from, to);
        BacktestRecipe recipe = BacktestRecipe.of(context, monitor.alias());
        context.console().say("parameters: " + recipe.source());
        try (ObservedRows observed =
                FeatureTables.store(context).observed(Declarations.watched(pipeline, watched()), context.asOf())) {
            return run(observed.select(EVER, context.asOf()), recipe, periods);
        }
    }

    private String watched() {
        return monitor.rows().orElse(pipeline.training().rows());
    }

    private List<TimeWindow> periods(Instant from, Instant to) {
        if (to.isAfter(context.asOf())) {
            throw new JobException("Cannot backtest to %s: the logical time is %s, and what is later is not known"
                    .formatted(to, context.asOf()));
        }
        Every every = monitor.every();
        ZoneId zone = pipeline.timezone();
        List<TimeWindow> periods = new ArrayList<>();
        for (int i = 0; !every.move(from, i + 1, zone).isAfter(to); i++) {
            periods.add(new TimeWindow(every.move(from, i, zone), every.move(from, i + 1, zone)));
        }
        if (periods.size() < 2) {
            throw new JobException(
                    "Cannot backtest from %s to %s: there is no decision between fewer than two periods of a %s; move FROM or TO, or set monitor.every"
                            .formatted(from, to, every));
        }
        return periods;
    }

    private Result run(ObservedRows.Selected selected, BacktestRecipe recipe, List<TimeWindow> periods) {
        Optional<SplitConfig.Time> split = Optional.of(pipeline.training().split())
                .filter(SplitConfig.Time.class::isInstance)
                .map(SplitConfig.Time.class::cast);
        try (BacktestRows rows = new BacktestRows(selected, split, pipeline.timezone())) {
            Target target = recipe.target().orElseGet(() -> target(rows));
            TrialSettings settings = WatchedSettings.of(pipeline, target);
            requireFits(settings);
            BacktestFit fit = new BacktestFit(
                    new ModelFiles(context.spark(), context.warehouse()), recipe, target, settings, context.console());
            PastWorld world = new PastWorld(rows, fit, settings, periodBefore(periods));
            RetrainPolicy policy = pipeline.retrain().map(RetrainConfig::policy).orElse(RetrainPolicy.STANDARD);
            BacktestReport report = new Backtest<>(world, policy, periods).run(world.metric());
            return new Result(report, settings.metric().higherIsBetter(), recipe.source());
        }
    }

    private static void requireFits(TrialSettings settings) {
        if (settings.task() == Task.RANKING) {
            throw new JobException(
                    "Cannot backtest the task ranking: models of single rows are all that it fits; declare another training.task");
        }
    }

    /** As a training would take the label, of all rows whose label is known by now. */
    private Target target(BacktestRows rows) {
        Dataset<Row> labelled = rows.labelled(context.asOf()).withColumn(TrainingSet.FINAL, lit(SplitColumns.TRAIN));
        return new LabelInference(new ExampleSet(labelled, pipeline.training().label(), rows.features()), 0)
                .infer(pipeline.training().task(), pipeline.training().positive())
                .target();
    }

    private Map<Instant, TimeWindow> periodBefore(List<TimeWindow> periods) {
        Map<Instant, TimeWindow> before = new HashMap<>();
        Instant from = periods.get(0).from();
        before.put(from, new TimeWindow(monitor.every().move(from, -1, pipeline.timezone()), from));
        periods.forEach(period -> before.put(period.to(), period));
        return before;
    }
}
