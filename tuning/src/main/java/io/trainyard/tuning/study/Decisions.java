package io.trainyard.tuning.study;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides how trials go on, the same way when they report and when a journal is proven. */
record Decisions(StudyDefinition definition, Pruner pruner) {

    Decisions {
        if (definition.concurrency().lockstep() && pruner.pauses()) {
            throw new StudyException(
                    "Cannot prune study '%s' by %s in lockstep: which trials it promotes depends on the order in which they report. Take the median, patient or wilcoxon pruner, or run the study without lockstep"
                            .formatted(definition.name(), pruner));
        }
    }

    /** How a trial goes on after its last report. */
    Decision decide(Trial trial, Ledger ledger) {
        return decide(trial, visible(trial.number(), ledger));
    }

    int nextStep(Trial trial) {
        return pruner.nextStep(definition.problem(), trial);
    }

    /** The waiting trial to go on with: of those that may, the one that got farthest, then the best, then the earliest. */
    Optional<Integer> promotable(Ledger ledger) {
        if (ledger.paused().isEmpty()) {
            return Optional.empty();
        }
        History history = ledger.history();
        Comparator<Trial> farthestFirst = Comparator.comparingInt(Trial::step).reversed();
        List<Trial> waiting = ledger.paused().stream()
                .map(ledger::trial)
                .sorted(farthestFirst
                        .thenComparingDouble(trial ->
                                definition.direction().loss(trial.reports().get(trial.step())))
                        .thenComparingInt(Trial::number))
                .toList();
        Set<Object> stuck = new HashSet<>();
        for (Trial trial : waiting) {
            Object line = pruner.line(definition.problem(), trial);
            if (!stuck.contains(line)) {
                if (decide(trial, history) == Decision.GO_ON) {
                    return Optional.of(trial.number());
                }
                stuck.add(line);
            }
        }
        return Optional.empty();
    }

    private Decision decide(Trial trial, History history) {
        if (Double.isNaN(trial.reports().get(trial.step()))) {
            return Decision.STOP;
        }
        if (trial.step() >= definition.fidelity().steps()) {
            return Decision.GO_ON;
        }
        Decision decision = pruner.decide(definition.problem(), trial, history.without(trial));
        if (decision == Decision.WAIT && !pruner.pauses()) {
            throw new IllegalStateException(
                    "%s paused trial %d, though it says that it never pauses one".formatted(pruner, trial.number()));
        }
        return decision;
    }

    /** In lockstep, the outcomes that the trial's own parameters were decided on: they are there whatever the timing. */
    private History visible(int number, Ledger ledger) {
        Concurrency concurrency = definition.concurrency();
        return concurrency.lockstep()
                ? ledger.seen(Math.max(0, number - concurrency.trials() + 1), List.of())
                : ledger.history();
    }
}
