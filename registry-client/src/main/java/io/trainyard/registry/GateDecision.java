package io.trainyard.registry;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gates say about a challenger, and upon what.
 *
 * @param verdicts one for each gate, in their order
 */
public record GateDecision(List<Verdict> verdicts) {
    /** Copies what it is given. */
    public GateDecision {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether every gate passed. */
    public boolean passed() {
        return verdicts.stream().allMatch(Verdict::passed);
    }

    /** One line for each gate, in their order, with its numbers. */
    public List<String> reasons() {
        return verdicts.stream().map(Verdict::text).toList();
    }

    /**
     * What one gate says.
     *
     * @param gate its kind and what it is about, such as {@code min roc_auc}
     * @param reason a line with its numbers
     * @param evidence the numbers by their names
     */
    public record Verdict(String gate, boolean passed, String reason, SortedMap<String, Double> evidence) {
        /** Copies what it is given. */
        public Verdict {
            evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
        }

        /** The reason, with what it leads to. */
        public String text() {
            return (passed ? "passed: " : "failed: ") + reason;
        }
    }
}
