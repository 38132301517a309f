package io.trainyard.registry;

import java.util.List;

/**
 * What the gates say about a challenger.
 *
 * @param passed whether every gate passed
 * @param reasons one line for each gate, in their order, with its numbers
 */
public record GateDecision(boolean passed, List<String> reasons) {
    /** Copies what it is given. */
    public GateDecision {
        reasons = List.copyOf(reasons);
    }
}
