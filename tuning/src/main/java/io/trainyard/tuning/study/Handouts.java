package io.trainyard.tuning.study;

import java.util.Collection;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Which trials workers have, and which need one. Not thread-safe. */
final class Handouts {

    private final StudyDefinition definition;
    private final Ledger ledger;
    private final Set<Integer> running = new HashSet<>();
    /** Pending trials that no worker has: left by a driver that died, or lost. */
    private final NavigableSet<Integer> orphans = new TreeSet<>();

    Handouts(StudyDefinition definition, Ledger ledger) {
        this.definition = definition;
        this.ledger = ledger;
    }

    boolean noneRunning() {
        return running.isEmpty();
    }

    boolean hasOrphans() {
        return !orphans.isEmpty();
    }

    int firstOrphan() {
        return orphans.first();
    }

    void give(int number) {
        orphans.remove(number);
        running.add(number);
    }

    void takeBack(int number) {
        running.remove(number);
    }

    void orphan(Collection<Integer> numbers) {
        running.removeAll(numbers);
        orphans.addAll(numbers);
    }

    /** @throws IllegalStateException when no worker has the trial */
    void check(int number, Outcome outcome) {
        checkRunning(number, "ended with " + outcome);
    }

    /** @throws IllegalStateException when no worker has the trial, or it cannot be at this step now */
    void check(int number, int step) {
        String deed = "reported step %d".formatted(step);
        checkRunning(number, deed);
        int before = ledger.trial(number).step();
        if (step <= before) {
            throw refused(number, deed, "it reported step %d before, and goes on from there".formatted(before));
        }
        int steps = definition.fidelity().steps();
        if (step > steps) {
            throw refused(number, deed, "a full trial has %d".formatted(steps));
        }
    }

    private void checkRunning(int number, String deed) {
        if (!running.contains(number)) {
            String state = number < 0 || number >= ledger.size()
                    ? "it was not asked for"
                    : ledger.trial(number)
                            .outcome()
                            .map(known -> "it ended already with " + known)
                            .orElse("no worker has it");
            throw refused(number, deed, state);
        }
    }

    private IllegalStateException refused(int number, String deed, String reason) {
        return new IllegalStateException(
                "Cannot tell study '%s' that trial %d %s: %s".formatted(definition.name(), number, deed, reason));
    }
}
