package io.trainyard.jobs.run;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.jobs.config.DeclaredSpace;
import io.trainyard.jobs.config.PlacementName;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.tuning.journal.JournalStorage;
import io.trainyard.tuning.journal.SegmentStore;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.placement.Placement;
import io.trainyard.tuning.placement.SlotPlan;
import io.trainyard.tuning.placement.StudyRunner;
import io.trainyard.tuning.sampler.AutoSampler;
import io.trainyard.tuning.sampler.RegretBound;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.StoppingRule;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The study of a training run: opened or resumed, run to its end, its winner taken. */
public final class Search {
    /** Part of a study's identity: to be raised when trials of the same parameters mean something else, or others are suggested. */
    private static final int SEMANTICS = 6;

    private final JobContext context;
    private final Learning learning;
    private final LearnerSpace space;
    private final SlotPlan slots;
    private final SearchConfig config;

    Search(JobContext context, Learning learning, LearnerSpace space, SlotPlan slots) {
        this.context = context;
        this.learning = learning;
        this.space = space;
        this.slots = slots;
        this.config = context.pipeline().search();
    }

    /**
     * How a search ended.
     *
     * @param fingerprint names the study: what was searched, on what, by what
     */
    public record Result(String study, String fingerprint, Direction direction, Trial winner, History history) {}

    Result run(Placements placements) throws IOException, InterruptedException {
        String fingerprint = fingerprint();
        String name = context.pipeline().name() + "-" + fingerprint.substring(0, 12);
        StudyFile file = begin(name);
        JournalStorage journal = new JournalStorage(
                context.storage().segments(context.warehouse().study(name) + "/journal"), writer());
        Study study = Study.open(
                definition(name, firstTrials(file)),
                journal,
                sampler(file),
                Pruners.of(config.pruner()),
                context.clock());
        journal.lost().forEach(context.console()::say);
        int before = study.history().finished().size();
        if (study.finished()) {
            context.console().say("nothing to search: all %d trials are in study %s".formatted(before, name));
        } else {
            context.console()
                    .say(before == 0 ? newStudy(name) : "study %s resumes after %d trials".formatted(name, before));
            Map<String, Placement> placed = placements.all();
            try (StudyTracking tracking = StudyTracking.during(context, file, study.history());
                    TrialProgress progress =
                            new TrialProgress(context.console(), metric().toString(), direction(), config.trials())) {
                study.listen((trial, history) -> progress.update(history));
                study.listen((trial, history) -> tracking.told(trial));
                int atOnce = config.lockstep() ? parallelism() : placements.atOnce(parallelism());
                new StudyRunner(name, study, placed, context.clock()).run(atOnce);
                tracking.finished();
            }
        }
        study.stopped().ifPresent(reason -> context.console().say("the search stopped: " + reason));
        sayFailed(study.history());
        Trial winner = winner(name, study);
        context.console().say("best: " + TrialText.of(winner, metric()));
        return new Result(name, fingerprint, direction(), winner, study.history());
    }

    private void sayFailed(History history) {
        List<Trial> failed = history.finished().stream()
                .filter(trial -> trial.outcome().orElseThrow() instanceof Outcome.Failed)
                .toList();
        if (!failed.isEmpty()) {
            Trial first = failed.get(0);
            context.console()
                    .say("%d of %d trials failed, trial %d: %s"
                            .formatted(
                                    failed.size(),
                                    history.finished().size(),
                                    first.number(),
                                    ((Outcome.Failed) first.outcome().orElseThrow()).reason()));
        }
    }

    private String newStudy(String name) throws IOException {
        boolean others = context.storage().registry(context.warehouse().studies()).list("").stream()
                .anyMatch(known -> known.startsWith(context.pipeline().name() + "-") && !known.equals(name));
        return "new study " + name
                + (others ? ": data, label, space, metric or seed differ from the studies before" : "");
    }

    /** The study's own file, which says with which sampler and first trials it began. */
    private StudyFile begin(String name) throws IOException {
        SegmentStore folder = context.storage().segments(context.warehouse().study(name));
        if (folder.list().contains(StudyFile.FILE)) {
            return StudyFile.read(folder);
        }
        List<Params> earlier = config.warmStart().isPresent()
                ? new WarmStart(context, space).points(config.warmStart().get(), name)
                : List.of();
        StudyFile file = new StudyFile(
                name,
                context.pipeline().name(),
                learning.settings().metrics().stream()
                        .map(metric -> new StudyFile.Objective(metric.toString(), direction(metric)))
                        .toList(),
                space.space().text(),
                learning.set().fingerprint(),
                Optional.of(new StudyFile.Recipe(
                        chosenSampler(), config.pruner().toString(), definition(name, firstTrials(earlier)))));
        return file.begin(folder);
    }

    private Trial winner(String name, Study study) {
        return study.best()
                .orElseThrow(() -> new JobException(
                        "Study %s has no trial with a value: %s".formatted(name, failures(study.history()))));
    }

    private static String failures(History history) {
        List<String> reasons = history.finished().stream()
                .flatMap(trial -> trial.outcome().stream())
                .filter(Outcome.Failed.class::isInstance)
                .map(outcome -> ((Outcome.Failed) outcome).reason())
                .distinct()
                .limit(3)
                .toList();
        return reasons.isEmpty() ? "it had no time to finish one; raise search.timeout" : String.join("; ", reasons);
    }

    private StudyDefinition definition(String name, List<Params> firstTrials) {
        Concurrency concurrency =
                config.lockstep() ? Concurrency.lockstep(parallelism()) : Concurrency.free(parallelism());
        Budget budget = new Budget(config.trials(), config.timeout(), stoppingRules());
        return new StudyDefinition(name, problem(), firstTrials, budget, concurrency);
    }

    private Problem problem() {
        List<Direction> directions =
                learning.settings().metrics().stream().map(Search::direction).toList();
        return new Problem(space.space(), directions, Pruners.fidelity(config.pruner(), folds()), config.seed());
    }

    private int folds() {
        return context.pipeline().training().split().numberOfFolds();
    }

    private List<Params> firstTrials(StudyFile file) {
        return file.recipe().map(recipe -> recipe.definition().enqueued()).orElseGet(() -> firstTrials(List.of()));
    }

    /** What the user wants tried, then the libraries' defaults, the best of an earlier study, and the portfolio. */
    private List<Params> firstTrials(List<Params> earlier) {
        Set<Params> points = new LinkedHashSet<>();
        config.enqueue().forEach(values -> points.add(DeclaredSpace.enqueued(space, values)));
        List<Params> known = config.portfolio() ? space.firstTrials() : List.of();
        points.addAll(known.subList(0, Math.min(known.size(), space.learners().size())));
        points.addAll(earlier);
        points.addAll(known);
        return List.copyOf(points);
    }

    private List<StoppingRule> stoppingRules() {
        List<StoppingRule> rules = new ArrayList<>();
        config.stop().ifPresent(stop -> {
            stop.target().ifPresent(value -> rules.add(new StoppingRule.Target(value)));
            stop.noImprovement().ifPresent(trials -> rules.add(new StoppingRule.NoImprovement(trials)));
            stop.regret().ifPresent(tolerance -> rules.add(new RegretBound(tolerance)));
        });
        return rules;
    }

    /** The name of the sampler; where the file leaves the choice, what is chosen. */
    private String chosenSampler() {
        if (configuredSampler() instanceof AutoSampler auto) {
            AutoSampler.Choice choice = auto.choose(problem());
            context.console().say("sampler %s: %s".formatted(choice.name(), choice.reason()));
            return choice.name();
        }
        return config.sampler().toString();
    }

    private int parallelism() {
        return config.parallelism().orElse(slots.slots());
    }

    /** Unlike any other driver's, so that two that run one study know each other apart. */
    private static String writer() {
        ProcessHandle process = ProcessHandle.current();
        return "%s, process %d, %s".formatted(System.getProperty("user.name"), process.pid(), UUID.randomUUID());
    }

    /** A study goes on as it began, also where more trials or slots would make another choice now. */
    private Sampler sampler(StudyFile file) {
        return file.recipe().map(Samplers::of).orElseGet(this::configuredSampler);
    }

    private Sampler configuredSampler() {
        return Samplers.of(config.sampler(), config.trials(), parallelism());
    }

    private Metric metric() {
        return learning.settings().metric();
    }

    private Direction direction() {
        return direction(metric());
    }

    private static Direction direction(Metric metric) {
        return metric.higherIsBetter() ? Direction.MAXIMIZE : Direction.MINIMIZE;
    }

    /** Sums over workers differ in their last digits by how many there are; nothing else does. */
    private String distributed() {
        return config.placement() == PlacementName.DISTRIBUTED
                ? config.workers().map(String::valueOf).orElse("as few as have room")
                : "";
    }

    /** Hash over whatever decides what trials find, and so how the winner is fitted. */
    String fingerprint() {
        TrialSettings settings = learning.settings();
        Fingerprint fingerprint = Fingerprint.of("study", SEMANTICS)
                .add("training set", learning.set().fingerprint())
                .add("label", learning.label().describe())
                .add("metrics", settings.metrics())
                .add("shape", settings.shape())
                .add("fixed", settings.fixed())
                .add("workers", distributed())
                .add("rounds", settings.maxRounds())
                .add("patience", settings.patience())
                .add("sampler", config.sampler())
                .add("pruner", config.pruner())
                .add("warm start", config.warmStart())
                .add("study", definition("", firstTrials(List.of())).identity());
        if (learning.learners().stream().anyMatch(this::takesCategories)) {
            fingerprint.add("categories", "nominal");
        }
        return fingerprint.hex();
    }

    /** Of MLlib's trees, which once had a column for each category. */
    private boolean takesCategories(Learner learner) {
        return learning.encoding(learner).features().stream().anyMatch(Feature.NominalFeature.class::isInstance);
    }
}
