package io.trainyard.jobs.run;

import io.trainyard.features.version.TableWriter;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.RetrainConfig;
import io.trainyard.jobs.config.SplitConfig;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.jobs.retrain.RetrainDecision;
import io.trainyard.jobs.retrain.RetrainDecision.Action;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The scheduled job: looks at the model at work, decides by the policy, and trains, rolls back or leaves it. It can be killed and run again at
 * any time: a training that was cut off goes on, with what is made by then found, and the cooldown keeps a model from being trained twice for
 * one reason.
 */
public final class RetrainJob {
    private final JobContext context;
    private final RetrainConfig config;
    private final String alias;
    private final RetrainLog log;

    /** @throws JobException if the pipeline does not say when */
    public RetrainJob(JobContext context) {
        RetentionJob.requirePossible(context);
        this.context = context;
        this.config = context.pipeline()
                .retrain()
                .orElseThrow(
                        () -> new JobException(
                                "Cannot retrain: the pipeline file has no section 'retrain'; add, for example, retrain: {on: [drift, metric_drop]}"));
        this.alias = context.pipeline().register().alias();
        this.log = new RetrainLog(context);
    }

    /**
     * What is to be done.
     *
     * @param champion the version at work, empty before the first
     * @param settings of the pipeline file for a training now: a split by time moves up to the newest window whose labels are known, and
     *     a file without gates asks that the new version is not worse than the one at work, since nobody looks at it; and the search begins
     *     with the best of the last one
     */
    public record Plan(RetrainDecision decision, Optional<ModelVersion> champion, Map<String, String> settings) {
        /** The number of the version at work, 0 before the first. */
        int version() {
            return champion.map(ModelVersion::number).orElse(ModelRegistry.NO_VERSION);
        }
    }

    /** What was done; whether another run was at it, and this one left it to that. */
    public record Result(Optional<Plan> plan, Optional<TrainJob.Result> trained, Optional<ModelVersion> returned) {
        static final Result BUSY = new Result(Optional.empty(), Optional.empty(), Optional.empty());

        public boolean busy() {
            return plan.isEmpty();
        }
    }

    /** Looks and decides, and does nothing. */
    public Plan plan() throws IOException {
        Optional<ModelVersion> champion =
                context.registry().byAlias(context.pipeline().modelName(), alias);
        Plan plan = champion.isPresent() ? watched(champion.get()) : first();
        context.console().stage("Retrain");
        context.console().say(RetrainLog.word(plan.decision().action()));
        plan.decision().reasons().forEach(reason -> context.console().say("  " + reason));
        return plan;
    }

    /**
     * Decides, and does it.
     *
     * @param settled the pipeline with the settings of a plan
     */
    public Result run(Function<Map<String, String>, Pipeline> settled) throws IOException, InterruptedException {
        Optional<TableWriter> alone = log.alone();
        if (alone.isEmpty()) {
            context.console().say("another retraining of this pipeline is at work: left to it");
            return Result.BUSY;
        }
        try (TableWriter decisions = alone.get()) {
            Plan plan = plan();
            log.decided(decisions, plan.version(), plan.decision());
            Result result = switch (plan.decision().action()) {
                case RETRAIN -> {
                    TrainJob.Result trained = new TrainJob(context.with(settled.apply(plan.settings()))).run();
                    log.trained(decisions, plan.version(), trained.promotion().reasons());
                    yield new Result(Optional.of(plan), Optional.of(trained), Optional.empty());
                }
                case ROLLBACK -> new Result(Optional.of(plan), Optional.empty(), Optional.of(rollback(plan)));
                case WATCH, NOTHING -> new Result(Optional.of(plan), Optional.empty(), Optional.empty());
            };
            new RetentionJob(context)
                    .run(false)
                    .lines()
                    .forEach(line -> context.console().say("removed " + line));
            return result;
        }
    }

    private Plan first() {
        return new Plan(
                new RetrainDecision(Action.RETRAIN, List.of("no version holds %s yet".formatted(alias))),
                Optional.empty(),
                Map.of());
    }

    private Plan watched(ModelVersion champion) throws IOException {
        MonitorJob.Result seen =
                new MonitorJob(context).run(Optional.of("%s@%d".formatted(champion.model(), champion.number())));
        Optional<RetrainLog.CutOff> cutOff = log.cutOff(champion.number());
        RetrainDecision decision = cutOff.filter(before -> before.asOf().equals(context.asOf()))
                .map(RetrainJob::goOn)
                .orElse(config.policy()
                        .decide(new ChampionRecord(context, champion, alias, cutOff.map(RetrainLog.CutOff::asOf))
                                .evidence(seen.report(), labelled(seen))));
        return new Plan(decision, Optional.of(champion), settings(labelled(seen)));
    }

    /** With what the run that was cut off had decided, so that it is finished, whatever has been registered by then. */
    private static RetrainDecision goOn(RetrainLog.CutOff cutOff) {
        List<String> reasons = new ArrayList<>(cutOff.reasons());
        reasons.add("goes on: the training of this logical time was cut off");
        return new RetrainDecision(Action.RETRAIN, reasons);
    }

    /** The newest window whose labels are known, which is not the newest of all where they come late. */
    private WindowReport labelled(MonitorJob.Result seen) {
        List<WindowReport> windows = seen.report().windows();
        return windows.stream()
                .filter(window -> window.rows() > 0 && window.quality().coverage() >= config.coverage())
                .reduce((earlier, later) -> later)
                .orElse(seen.report().latest());
    }

    private Map<String, String> settings(WindowReport labelled) {
        Map<String, String> settings = new TreeMap<>();
        if (context.pipeline().search().warmStart().isEmpty()) {
            settings.put("search.warm_start", WarmStart.PREVIOUS);
        }
        if (context.pipeline().register().promoteIf().isEmpty()) {
            settings.put("register.promote_if", "[{not_worse_than: %s}]".formatted(alias));
        }
        if (context.pipeline().training().split() instanceof SplitConfig.Time split
                && labelled.window().to().isAfter(split.test().to())) {
            Instant end = labelled.window().to();
            Duration length = Duration.between(split.test().from(), split.test().to());
            settings.put("training.split.test.from", end.minus(length).toString());
            settings.put("training.split.test.to", end.toString());
        }
        return settings;
    }

    private ModelVersion rollback(Plan plan) throws IOException {
        ModelVersion champion = plan.champion().orElseThrow();
        ModelVersion returned = context.registry()
                .rollback(
                        champion.model(),
                        alias,
                        champion.number(),
                        String.join("; ", plan.decision().reasons()));
        context.console().say("%s is version %d again".formatted(alias, returned.number()));
        return returned;
    }
}
