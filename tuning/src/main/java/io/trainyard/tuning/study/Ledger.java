package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.time.Instant;
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
    private final NavigableSet<Integer> paused = new TreeSet<>();
    private final Set<Params> points = new HashSet<>();
    private int complete;

    /** @throws StudyException when the event does not follow from those before, and then nothing has changed */
    void apply(StudyEvent event) {
        check(event);
        if (event instanceof StudyEvent.Asked asked) {
            trials.add(Trial.asked(asked.number(), asked.params(), asked.at()));
            pending.add(asked.number());
            points.add(asked.params());
        } else if (event instanceof StudyEvent.Reported reported) {
            apply(reported);
        } else if (event instanceof StudyEvent.Resumed resumed) {
            paused.remove(resumed.number());
        } else if (event instanceof StudyEvent.Told told && !(told.outcome() instanceof Outcome.Lost)) {
            end(told.number(), told.outcome(), told.at());
        }
    }

    /** @throws StudyException when the event does not follow from those before */
    void check(StudyEvent event) {
        if (event instanceof StudyEvent.Asked asked && asked.number() != trials.size()) {
            throw inconsistent("trial %d was asked for after %d trials".formatted(asked.number(), trials.size()));
        } else if (event instanceof StudyEvent.Reported reported) {
            String deed = "reported step %d".formatted(reported.step());
            require(reported.number(), deed, !paused.contains(reported.number()), "waited");
            int before = trials.get(reported.number()).step();
            require(reported.number(), deed, before < reported.step(), "had reported step %d".formatted(before));
        } else if (event instanceof StudyEvent.Resumed resumed) {
            require(resumed.number(), "went on", paused.contains(resumed.number()), "did not wait");
        } else if (event instanceof StudyEvent.Told told) {
            boolean fits = !paused.contains(told.number()) || told.outcome().equals(lastReport(told.number()));
            require(told.number(), "ended with " + told.outcome(), fits, "waited");
        }
    }

    /** How many trials were asked for; the next one's number. */
    int size() {
        return trials.size();
    }

    Trial trial(int number) {
        return trials.get(number);
    }

    /** The numbers of the trials that have not ended and do not wait. */
    List<Integer> active() {
        return pending.stream().filter(number -> !paused.contains(number)).toList();
    }

    /** The numbers of the trials that wait. */
    NavigableSet<Integer> paused() {
        return paused;
    }

    /** How many different points were asked for. */
    int distinctPoints() {
        return points.size();
    }

    /** How many trials ran to their end. */
    int complete() {
        return complete;
    }

    /** Whether this trial and all before it have ended. */
    boolean toldThrough(int number) {
        return pending.isEmpty() || pending.first() > number;
    }

    History history() {
        return new History(
                trials.stream().filter(trial -> trial.outcome().isPresent()).toList(),
                pending.stream().map(trials::get).toList());
    }

    /** The trials below a number, as they look to one who does not know how some went, and takes for pruned those that wait. */
    History seen(int number, Collection<Integer> unknown) {
        Set<Integer> hidden = new HashSet<>(unknown);
        List<Trial> finished = new ArrayList<>(number);
        List<Trial> open = new ArrayList<>(hidden.size());
        for (Trial trial : trials.subList(0, number)) {
            if (hidden.contains(trial.number())) {
                open.add(trial.untold());
            } else if (paused.contains(trial.number())) {
                finished.add(trial.told(lastReport(trial.number()), trial.asked()));
            } else {
                (trial.outcome().isPresent() ? finished : open).add(trial);
            }
        }
        return new History(finished, open);
    }

    /** The outcome of a trial that does not go on from its last report. */
    Outcome lastReport(int number) {
        Trial trial = trials.get(number);
        double value = trial.reports().get(trial.step());
        return Double.isNaN(value)
                ? new Outcome.Failed("its value at step %d is NaN".formatted(trial.step()))
                : new Outcome.Pruned(trial.step(), value);
    }

    private void apply(StudyEvent.Reported reported) {
        int number = reported.number();
        trials.set(number, trials.get(number).reporting(reported.step(), reported.value()));
        switch (reported.decision()) {
            case GO_ON -> {}
            case WAIT -> paused.add(number);
            case STOP -> end(number, lastReport(number), reported.at());
        }
    }

    private void end(int number, Outcome outcome, Instant at) {
        trials.set(number, trials.get(number).told(outcome, at));
        pending.remove(number);
        paused.remove(number);
        complete += outcome instanceof Outcome.Complete ? 1 : 0;
    }

    private void require(int number, String deed, boolean fits, String otherwise) {
        if (!pending.contains(number)) {
            Optional<Outcome> known =
                    number < trials.size() ? trials.get(number).outcome() : Optional.empty();
            throw inconsistent("trial %d %s, but %s"
                    .formatted(
                            number,
                            deed,
                            known.map(outcome -> "had ended with " + outcome).orElse("was not asked for")));
        }
        if (!fits) {
            throw inconsistent("trial %d %s, but %s".formatted(number, deed, otherwise));
        }
    }

    private static StudyException inconsistent(String problem) {
        return new StudyException(
                "Cannot read the study's events: %s. Restore the journal from a copy, or start a new study"
                        .formatted(problem));
    }
}
