package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * A search by ask and tell. Workers call {@link #next()} for a trial, run it, and {@link #tell} how it ended, from any
 * thread; {@link #tellAndNext} does both and makes both durable together.
 *
 * <p>A trial may {@link #report} on its way, and learns whether it is worth going on with. One that is to wait is given back by that,
 * and handed out again with its reports when it may go on; the worker looks for other work.
 *
 * <p>What is decided becomes visible to other workers at once and durable before the call returns: a driver that dies
 * loses nothing that a caller was told of. When the storage fails, the call throws what it threw and the study hands out no
 * more: drop it and open it again. Every trial that was handed out must be told of, or others may wait for it forever.
 */
public final class Study {

    private final StudyDefinition definition;
    private final StudyStorage storage;
    private final Suggestions suggestions;
    private final Decisions decisions;
    private final Clock clock;
    private final Limits limits;
    private final StopRules rules;
    private final List<StudyListener> listeners = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Ledger ledger = new Ledger();
    private final Handouts handouts;
    /** The position of the newest event. */
    private long appended;
    /** Why the storage failed; from then on nothing is handed out. */
    private Optional<RuntimeException> failure = Optional.empty();

    private Study(
            StudyDefinition definition,
            StudyStorage storage,
            Suggestions suggestions,
            Decisions decisions,
            Clock clock,
            Limits limits) {
        this.definition = definition;
        this.storage = storage;
        this.suggestions = suggestions;
        this.decisions = decisions;
        this.clock = clock;
        this.limits = limits;
        this.rules = new StopRules(definition);
        this.handouts = new Handouts(definition, ledger);
    }

    /** As {@link #open(StudyDefinition, StudyStorage, Sampler, Pruner, Clock)}, where every trial runs to its end. */
    public static Study open(StudyDefinition definition, StudyStorage storage, Sampler sampler, Clock clock) {
        return open(definition, storage, sampler, new NoPruner(), clock);
    }

    /**
     * Begins a study, or continues the one in the storage where its last driver stopped.
     *
     * @throws StudyException when the storage holds another study, or cannot be read; when the pruner pauses trials and the study
     *     is to run in lockstep
     */
    public static Study open(
            StudyDefinition definition, StudyStorage storage, Sampler sampler, Pruner pruner, Clock clock) {
        Suggestions suggestions = new Suggestions(definition, sampler);
        Decisions decisions = new Decisions(definition, pruner);
        List<StudyEvent> earlier = storage.events();
        Identity.check(definition, earlier);
        Instant opened = clock.instant();
        Limits limits = Limits.of(definition, opened, earlier);
        Study study = new Study(definition, storage, suggestions, decisions, clock, limits);
        List<StudyEvent> before =
                storage.takeOver(new StudyEvent.Owned(definition.name(), definition.identity(), opened));
        before.forEach(study.ledger::apply);
        study.handouts.orphan(study.ledger.active());
        return study;
    }

    public void listen(StudyListener listener) {
        listeners.add(listener);
    }

    /**
     * The next trial to run: one that was asked for and has no worker, else one that waited and may go on, else a new one. A trial
     * that reported before goes on from its last report. This waits in lockstep until the trials that the new one depends on have
     * ended, and where only waiting trials are left, until it is known that none of them goes on: these have then been pruned.
     *
     * @return empty when the budget is spent, one of its rules has a reason, or every point of a finite space was tried
     */
    public Optional<Trial> next() throws InterruptedException {
        Handout handout;
        lock.lockInterruptibly();
        try {
            while (mustWait()) {
                changed.await();
            }
            handout = handOut();
        } finally {
            lock.unlock();
        }
        settle(handout.change());
        return handout.trial();
    }

    /** The step at which a trial is to report next, and from which it goes on to the one after. */
    public int nextStep(int number) {
        lock.lock();
        try {
            return decisions.nextStep(ledger.trial(number));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Records how far a trial got. One that is stopped by this has ended: as pruned, or as failed if the value is NaN. One that is to
     * wait has no worker any more. Only one that goes on can report again or be told of.
     *
     * @param step greater than any that it reported, and at most those of a full trial
     * @param value of the first metric there
     * @throws IllegalStateException when no worker has the trial, or it has come as far before
     */
    public Decision report(int number, int step, double value) {
        Change change;
        Decision decision;
        lock.lock();
        try {
            handouts.check(number, step);
            double known = definition.concurrency().lockstep() ? Rounding.round(value) : value;
            decision = decisions.decide(ledger.trial(number).reporting(step, known), ledger);
            record(new StudyEvent.Reported(number, step, known, decision, clock.instant()));
            if (decision != Decision.GO_ON) {
                handouts.takeBack(number);
            }
            changed.signalAll();
            change = change(decision == Decision.STOP ? List.of(ledger.trial(number)) : List.of());
        } finally {
            lock.unlock();
        }
        settle(change);
        return decision;
    }

    /**
     * Records how a trial ended. A trial that is {@link Outcome.Lost} is handed out again.
     *
     * @throws IllegalStateException when the trial was not handed out, or has ended already
     */
    public void tell(int number, Outcome outcome) {
        Change change;
        lock.lock();
        try {
            change = end(number, outcome);
        } finally {
            lock.unlock();
        }
        settle(change);
    }

    /** As {@link #tell} and then {@link #next()}, at the cost of one write to the storage. */
    public Optional<Trial> tellAndNext(int number, Outcome outcome) throws InterruptedException {
        Change ending;
        Handout handout;
        lock.lock();
        try {
            ending = end(number, outcome);
            handout = mustWait() ? new Handout(Optional.empty(), change(List.of())) : handOut();
        } finally {
            lock.unlock();
        }
        sync(handout.change().position());
        settle(ending);
        settle(handout.change());
        return handout.trial().isPresent() ? handout.trial() : next();
    }

    public History history() {
        lock.lock();
        try {
            return ledger.history();
        } finally {
            lock.unlock();
        }
    }

    /** How many trials ran to their end so far. */
    public int complete() {
        lock.lock();
        try {
            return ledger.complete();
        } finally {
            lock.unlock();
        }
    }

    /** The best complete trial so far. */
    public Optional<Trial> best() {
        return history().best(definition.direction());
    }

    /** Why the study asks for no more trials although its budget is not spent; empty where it does. */
    public Optional<String> stopped() {
        lock.lock();
        try {
            return stopReason();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no trial is running or waits, and {@link #next()} would hand out none. */
    public boolean finished() {
        lock.lock();
        try {
            return handouts.noneRunning()
                    && ledger.paused().isEmpty()
                    && (late() || (!handouts.hasOrphans() && !mayAsk()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #next()} would wait for other workers. */
    boolean blocks() {
        lock.lock();
        try {
            return mustWait();
        } finally {
            lock.unlock();
        }
    }

    private boolean mustWait() {
        if (failure.isPresent()
                || handouts.hasOrphans()
                || late()
                || stopReason().isPresent()) {
            return false;
        }
        return mayAsk()
                ? !ready(ledger.size())
                : !handouts.noneRunning()
                        && !ledger.paused().isEmpty()
                        && decisions.promotable(ledger).isEmpty();
    }

    private boolean mayAsk() {
        return limits.allowMore(ledger) && !late() && stopReason().isEmpty();
    }

    /** Depends on what the next trial would see and nothing else, so that it repeats in lockstep. */
    private Optional<String> stopReason() {
        int number = ledger.size();
        return rules.none() ? Optional.empty() : rules.reason(ledger.seen(number, unknown(number)));
    }

    private boolean late() {
        return limits.late(clock.instant());
    }

    private boolean ready(int number) {
        Concurrency concurrency = definition.concurrency();
        return !concurrency.lockstep() || ledger.toldThrough(number - concurrency.trials());
    }

    private Handout handOut() {
        if (failure.isPresent()) {
            throw new StudyException(
                    "Cannot go on with study '%s': %s"
                            .formatted(definition.name(), failure.get().getMessage()),
                    failure.get());
        }
        Optional<Integer> number = late() ? Optional.empty() : decideNext();
        number.ifPresent(handouts::give);
        List<Trial> given = number.isEmpty() && handouts.noneRunning() ? giveUpPaused() : List.of();
        return new Handout(number.map(ledger::trial), change(given));
    }

    private Optional<Integer> decideNext() {
        if (handouts.hasOrphans()) {
            return Optional.of(handouts.firstOrphan());
        }
        if (stopReason().isPresent()) {
            return Optional.empty();
        }
        Optional<Integer> promoted = decisions.promotable(ledger);
        promoted.ifPresent(number -> record(new StudyEvent.Resumed(number, clock.instant())));
        return promoted.isPresent() || !mayAsk() ? promoted : Optional.of(ask());
    }

    /** Ends the trials that wait, when nothing will be reported any more that could let one of them go on. */
    private List<Trial> giveUpPaused() {
        List<Integer> numbers = List.copyOf(ledger.paused());
        numbers.forEach(number -> record(new StudyEvent.Told(number, ledger.lastReport(number), clock.instant())));
        return numbers.stream().map(ledger::trial).toList();
    }

    /** Decides on a new trial. */
    private int ask() {
        int number = ledger.size();
        List<Integer> unknown = unknown(number);
        Params params = suggestions.decide(number, ledger.seen(number, unknown));
        record(new StudyEvent.Asked(number, params, unknown, clock.instant()));
        return number;
    }

    /** The lower numbers whose outcomes the decision on a trial must not see: in lockstep, even where they are known. */
    private List<Integer> unknown(int number) {
        Concurrency concurrency = definition.concurrency();
        return concurrency.lockstep()
                ? IntStream.range(Math.max(0, number - concurrency.trials() + 1), number)
                        .boxed()
                        .toList()
                : ledger.active();
    }

    private Change end(int number, Outcome outcome) {
        handouts.check(number, outcome);
        record(new StudyEvent.Told(
                number, definition.concurrency().lockstep() ? outcome.rounded() : outcome, clock.instant()));
        changed.signalAll();
        if (outcome instanceof Outcome.Lost) {
            handouts.orphan(List.of(number));
            return change(List.of());
        }
        handouts.takeBack(number);
        return change(List.of(ledger.trial(number)));
    }

    private void record(StudyEvent event) {
        try {
            appended = storage.append(event);
        } catch (RuntimeException unusable) {
            stop(unusable);
            throw unusable;
        }
        ledger.apply(event);
    }

    private void sync(long position) {
        try {
            storage.sync(position);
        } catch (RuntimeException unusable) {
            stop(unusable);
            throw unusable;
        }
    }

    /** Wakes those who wait for trials that will not be told any more. */
    private void stop(RuntimeException unusable) {
        lock.lock();
        try {
            failure = Optional.of(unusable);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Change change(List<Trial> ended) {
        return new Change(ended, listeners.isEmpty() ? History.empty() : ledger.history(), appended);
    }

    private void settle(Change change) {
        sync(change.position());
        for (Trial trial : change.ended()) {
            listeners.forEach(listener -> listener.told(trial, change.history()));
        }
    }

    /** What a worker gets, and what was changed for it. */
    private record Handout(Optional<Trial> trial, Change change) {}

    /**
     * What is to be done outside the lock.
     *
     * @param ended the trials that listeners hear of
     * @param history right after
     * @param position up to where the storage must be durable before the caller goes on
     */
    private record Change(List<Trial> ended, History history, long position) {}
}
