package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What it takes to prove a journal: all that was decided is decided again from what it depended on, event by event.
 *
 * @param trials how many were asked for
 * @param deviations what came out differently; empty when the journal is proven
 */
public record Verification(int trials, List<Deviation> deviations) {

    /** What the study would have decided otherwise. */
    public sealed interface Deviation {

        /** The trial's. */
        int number();

        /** A trial has another point. */
        record Suggested(int number, Params recorded, Params decided) implements Deviation {}

        /** A trial went on in another way after its last report. */
        record Judged(int number, int step, Decision recorded, Decision decided) implements Deviation {}
    }

    public Verification {
        deviations = List.copyOf(deviations);
    }

    /** As {@link #of(StudyDefinition, Sampler, Pruner, List)}, of a study without a pruner. */
    public static Verification of(StudyDefinition definition, Sampler sampler, List<StudyEvent> events) {
        return of(definition, sampler, new NoPruner(), events);
    }

    /**
     * @param events of the study, as {@link StudyStorage#events()}
     * @throws StudyException when the events are of another study, or do not follow from each other
     */
    public static Verification of(StudyDefinition definition, Sampler sampler, Pruner pruner, List<StudyEvent> events) {
        Identity.check(definition, events);
        Replay replay = new Replay(new Suggestions(definition, sampler), new Decisions(definition, pruner));
        Ledger ledger = new Ledger();
        List<Deviation> deviations = new ArrayList<>();
        for (StudyEvent event : events) {
            ledger.check(event);
            replay.deviation(event, ledger).ifPresent(deviations::add);
            ledger.apply(event);
        }
        return new Verification(ledger.size(), deviations);
    }

    private record Replay(Suggestions suggestions, Decisions decisions) {

        /** @param ledger of the events before this one */
        Optional<Deviation> deviation(StudyEvent event, Ledger ledger) {
            if (event instanceof StudyEvent.Asked asked) {
                Params decided = suggestions.decide(asked.number(), ledger.seen(asked.number(), asked.pending()));
                return decided.equals(asked.params())
                        ? Optional.empty()
                        : Optional.of(new Deviation.Suggested(asked.number(), asked.params(), decided));
            }
            if (event instanceof StudyEvent.Reported reported) {
                Trial trial = ledger.trial(reported.number()).reporting(reported.step(), reported.value());
                return judged(trial, reported.decision(), decisions.decide(trial, ledger));
            }
            return event instanceof StudyEvent.Resumed resumed ? resumed(resumed.number(), ledger) : Optional.empty();
        }

        /** Either the trial was to wait on, or another was to go on before it. */
        private Optional<Deviation> resumed(int number, Ledger ledger) {
            Trial trial = ledger.trial(number);
            Decision decided = decisions.decide(trial, ledger);
            if (decided != Decision.GO_ON) {
                return judged(trial, Decision.GO_ON, decided);
            }
            Trial first = ledger.trial(decisions.promotable(ledger).orElseThrow());
            return first.number() == number ? Optional.empty() : judged(first, Decision.WAIT, Decision.GO_ON);
        }

        private static Optional<Deviation> judged(Trial trial, Decision recorded, Decision decided) {
            return recorded == decided
                    ? Optional.empty()
                    : Optional.of(new Deviation.Judged(trial.number(), trial.step(), recorded, decided));
        }
    }
}
