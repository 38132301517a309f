package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a sampler or a pruner may see of a study. To a sampler a trial that waits looks as if it had been pruned after its last
 * report, which is how it ends unless it is promoted.
 *
 * @param finished trials that ended, in number order; none of them lost
 * @param pending trials that were asked for and have not ended, in number order
 */
public record History(List<Trial> finished, List<Trial> pending) {

    public History {
        finished = List.copyOf(finished);
        pending = List.copyOf(pending);
    }

    public static History empty() {
        return new History(List.of(), List.of());
    }

    /**
     * What a study's events add up to.
     *
     * @throws StudyException when they do not follow from each other
     */
    public static History replay(List<StudyEvent> events) {
        Ledger ledger = new Ledger();
        events.forEach(ledger::apply);
        return ledger.history();
    }

    /** The trials that ran to their end, in number order. */
    public List<Trial> complete() {
        return finished.stream().filter(trial -> trial.value().isPresent()).toList();
    }

    /** The best complete trial, the earliest of equals. */
    public Optional<Trial> best(Direction direction) {
        return finished.stream()
                .filter(trial -> trial.value().isPresent())
                .min(Comparator.comparingDouble(
                        trial -> direction.loss(trial.value().getAsDouble())));
    }

    /** All but one that is pending. */
    History without(Trial one) {
        return new History(
                finished,
                pending.stream().filter(trial -> trial.number() != one.number()).toList());
    }

    /** Whether a point was asked for already. */
    public boolean tried(Params params) {
        return Stream.concat(finished.stream(), pending.stream())
                .anyMatch(trial -> trial.params().equals(params));
    }
}
