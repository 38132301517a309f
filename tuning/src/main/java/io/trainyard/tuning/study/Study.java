package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Grid;
import io.trainyard.tuning.space.Params;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * A search by ask and tell. Workers call {@link #next()} for a trial, run it, and {@link #tell} how it ended, from any
 * thread; {@link #tellAndNext} does both and makes both durable together.
 *
 * <p>What is decided becomes visible to other workers at once and durable before the call returns: a driver that dies
 * loses nothing that a caller was told of. When the storage fails, the call throws what it threw and the study hands out no
 * more: drop it and open it again. Every trial that was handed out must be told of, or lockstep waits for it forever.
 */
public final class Study {

    private final StudyDefinition definition;
    private final StudyStorage storage;
    private final Suggestions suggestions;
    private final Clock clock;
    private final Optional<Instant> deadline;
    private final OptionalLong points;
    private final List<StudyListener> listeners = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Ledger ledger = new Ledger();
    /** Pending trials that no worker has: left by a driver that died, or lost. */
    private final NavigableSet<Integer> waiting = new TreeSet<>();

    private final Set<Integer> running = new HashSet<>();
    /** The position of the newest event. */
    private long appended;
    /** Why the storage failed; from then on nothing is handed out. */
    private Optional<RuntimeException> failure = Optional.empty();

    /** How many trials had ended when the stopping rules were last asked, and what they said. */
    private int judged = -1;

    private Optional<String> stopped = Optional.empty();

    private Study(
            StudyDefinition definition,
            StudyStorage storage,
            Sampler sampler,
            Clock clock,
            Instant opened,
            Duration spent) {
        this.definition = definition;
        this.storage = storage;
        this.suggestions = new Suggestions(definition, sampler);
        this.clock = clock;
        this.deadline =
                definition.budget().time().map(limit -> opened.plus(limit).minus(spent));
        this.points = new Grid(definition.space()).admitted();
    }

    /**
     * Begins a study, or continues the one in the storage where its last driver stopped.
     *
     * @throws StudyException when the storage holds another study, or cannot be read
     */
    public static Study open(StudyDefinition definition, StudyStorage storage, Sampler sampler, Clock clock) {
        List<StudyEvent> earlier = storage.events();
        Identity.check(definition, earlier);
        Instant opened = clock.instant();
        Study study = new Study(definition, storage, sampler, clock, opened, spent(earlier));
        List<StudyEvent> before =
                storage.takeOver(new StudyEvent.Owned(definition.name(), definition.identity(), opened));
        before.forEach(study.ledger::apply);
        study.waiting.addAll(study.ledger.pending());
        return study;
    }

    /** How long earlier drivers ran, each from its taking over to its last event: a resumed study has the rest of its time. */
    private static Duration spent(List<StudyEvent> events) {
        Duration spent = Duration.ZERO;
        Instant previous = Instant.MAX;
        for (StudyEvent event : events) {
            if (!(event instanceof StudyEvent.Owned) && event.at().isAfter(previous)) {
                spent = spent.plus(Duration.between(previous, event.at()));
            }
            previous = event.at();
        }
        return spent;
    }

    public void listen(StudyListener listener) {
        listeners.add(listener);
    }

    /**
     * The next trial to run: one that was asked for and has no worker, else a new one. In lockstep this waits until the
     * trials that the new one depends on have ended.
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
        sync(handout.position());
        return handout.trial();
    }

    /**
     * Records how a trial ended. A trial that is {@link Outcome.Lost} is handed out again.
     *
     * @throws IllegalStateException when the trial was not handed out, or has ended already
     */
    public void tell(int number, Outcome outcome) {
        Ending ending;
        lock.lock();
        try {
            ending = end(number, outcome);
        } finally {
            lock.unlock();
        }
        settle(ending, ending.position());
    }

    /** As {@link #tell} and then {@link #next()}, at the cost of one write to the storage. */
    public Optional<Trial> tellAndNext(int number, Outcome outcome) throws InterruptedException {
        Ending ending;
        Handout handout;
        lock.lock();
        try {
            ending = end(number, outcome);
            handout = mustWait() ? new Handout(Optional.empty(), ending.position()) : handOut();
        } finally {
            lock.unlock();
        }
        settle(ending, handout.position());
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

    /** Whether no trial is running and {@link #next()} would hand out none. */
    public boolean finished() {
        lock.lock();
        try {
            return running.isEmpty() && (late() || (waiting.isEmpty() && !mayAsk()));
        } finally {
            lock.unlock();
        }
    }

    private boolean mustWait() {
        return failure.isEmpty() && waiting.isEmpty() && mayAsk() && !ready(ledger.size());
    }

    private boolean mayAsk() {
        return ledger.size() < definition.budget().trials()
                && ledger.distinctPoints() < points.orElse(Long.MAX_VALUE)
                && !late()
                && stopReason().isEmpty();
    }

    /** Depends on what the next trial would see and nothing else, so that it repeats in lockstep. */
    private Optional<String> stopReason() {
        if (definition.budget().rules().isEmpty()) {
            return Optional.empty();
        }
        int number = ledger.size();
        History seen = ledger.seen(number, unknown(number));
        if (seen.finished().size() != judged) {
            judged = seen.finished().size();
            stopped = definition.budget().rules().stream()
                    .flatMap(rule -> rule.reason(definition.problem(), seen).stream())
                    .findFirst();
        }
        return stopped;
    }

    private boolean late() {
        return deadline.isPresent() && !clock.instant().isBefore(deadline.get());
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
        if (late() || (waiting.isEmpty() && !mayAsk())) {
            return new Handout(Optional.empty(), appended);
        }
        int number = waiting.isEmpty() ? ask() : waiting.pollFirst();
        running.add(number);
        return new Handout(Optional.of(ledger.trial(number)), appended);
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
                : List.copyOf(ledger.pending());
    }

    private Ending end(int number, Outcome outcome) {
        if (!running.contains(number)) {
            throw notRunning(number, outcome);
        }
        record(new StudyEvent.Told(
                number, definition.concurrency().lockstep() ? outcome.rounded() : outcome, clock.instant()));
        running.remove(number);
        if (outcome instanceof Outcome.Lost) {
            waiting.add(number);
        }
        changed.signalAll();
        return new Ending(ledger.trial(number), listeners.isEmpty() ? History.empty() : ledger.history(), appended);
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

    private void settle(Ending ending, long position) {
        sync(position);
        if (ending.trial().outcome().isPresent()) {
            listeners.forEach(listener -> listener.told(ending.trial(), ending.history()));
        }
    }

    private IllegalStateException notRunning(int number, Outcome outcome) {
        String state = number < 0 || number >= ledger.size()
                ? "it was not asked for"
                : ledger.trial(number)
                        .outcome()
                        .map(known -> "it ended already with " + known)
                        .orElse("no worker has it");
        return new IllegalStateException("Cannot tell study '%s' that trial %d ended with %s: %s"
                .formatted(definition.name(), number, outcome, state));
    }

    /** What a worker gets, and up to where the storage must be durable before it does. */
    private record Handout(Optional<Trial> trial, long position) {}

    /** A trial as it ended, and the study right after. */
    private record Ending(Trial trial, History history, long position) {}
}
