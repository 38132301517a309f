package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.util.ArrayList;
import java.util.List;

/**
 * What it takes to prove a journal: every trial's point is decided again from what its decision depended on.
 *
 * @param trials how many were decided again
 * @param deviations those that came out differently; empty when the journal is proven
 */
public record Verification(int trials, List<Deviation> deviations) {

    /** A trial whose point is not what the study would have decided. */
    public record Deviation(int number, Params recorded, Params decided) {}

    public Verification {
        deviations = List.copyOf(deviations);
    }

    /**
     * @param events of the study, as {@link StudyStorage#events()}
     * @throws StudyException when the events are of another study, or do not follow from each other
     */
    public static Verification of(StudyDefinition definition, Sampler sampler, List<StudyEvent> events) {
        Identity.check(definition, events);
        Suggestions suggestions = new Suggestions(definition, sampler);
        Ledger ledger = new Ledger();
        events.forEach(ledger::apply);
        List<Deviation> deviations = new ArrayList<>();
        for (StudyEvent event : events) {
            if (event instanceof StudyEvent.Asked asked) {
                Params decided = suggestions.decide(asked.number(), ledger.seen(asked.number(), asked.pending()));
                if (!decided.equals(asked.params())) {
                    deviations.add(new Deviation(asked.number(), asked.params(), decided));
                }
            }
        }
        return new Verification(ledger.size(), deviations);
    }
}
