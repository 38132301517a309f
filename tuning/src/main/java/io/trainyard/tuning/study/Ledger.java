package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The trials that a study's events add up to. Not thread-safe. */
final class Ledger {

    private final List<Trial> trials = new ArrayList<>();
    private final NavigableSet<Integer> pending = new TreeSet<>();
    private final Set<Params> points = new HashSet<>();

    void apply(StudyEvent event) {
        if (event instanceof StudyEvent.Asked asked) {
            apply(asked);
        }
        if (event instanceof StudyEvent.Told told) {
            apply(told);
        }
    }

    /** How many trials were asked for; the next one's number. */
    int size() {
        return trials.size();
    }

    Trial trial(int number) {
        return trials.get(number);
    }

    /** The numbers of the trials that have not ended. */
    NavigableSet<Integer> pending() {
        return pending;
    }

    /** How many different points were asked for. */
    int distinctPoints() {
        return points.size();
    }

    /** Whether this trial and all before it have ended. */
    boolean toldThrough(int number) {
        return pending.isEmpty() || pending.first() > number;
    }

    History history() {
        return seen(trials.size(), pending);
    }

    /** The trials below a number, as they look to one who does not know the outcomes of some. */
    History seen(int number, Collection<Integer> unknown) {
        Set<Integer> hidden = new HashSet<>(unknown);
        List<Trial> finished = new ArrayList<>(number);
        List<Trial> open = new ArrayList<>(hidden.size());
        for (Trial trial : trials.subList(0, number)) {
            if (hidden.contains(trial.number())) {
                open.add(trial.untold());
            } else {
                finished.add(trial);
            }
        }
        return new History(finished, open);
    }

    private void apply(StudyEvent.Asked asked) {
        if (asked.number() != trials.size()) {
            throw inconsistent("trial %d was asked for after %d trials".formatted(asked.number(), trials.size()));
        }
        trials.add(Trial.asked(asked.number(), asked.params(), asked.at()));
        pending.add(asked.number());
        points.add(asked.params());
    }

    private void apply(StudyEvent.Told told) {
        Optional<Outcome> known =
                told.number() < trials.size() ? trials.get(told.number()).outcome() : Optional.empty();
        if (!pending.contains(told.number())) {
            throw inconsistent("trial %d ended with %s, but %s"
                    .formatted(
                            told.number(),
                            told.outcome(),
                            known.map(outcome -> "had ended with " + outcome).orElse("was not asked for")));
        }
        if (!(told.outcome() instanceof Outcome.Lost)) {
            trials.set(told.number(), trials.get(told.number()).told(told.outcome(), told.at()));
            pending.remove(told.number());
        }
    }

    private static StudyException inconsistent(String problem) {
        return new StudyException(
                "Cannot read the study's events: %s. Restore the journal from a copy, or start a new study"
                        .formatted(problem));
    }
}
