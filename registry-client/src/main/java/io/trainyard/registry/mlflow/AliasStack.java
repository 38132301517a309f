package io.trainyard.registry.mlflow;

import io.trainyard.registry.ModelRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The versions that an alias has pointed to: a promotion puts one on top, a rollback takes it off. Others move aliases
 * too, and leave no note of it: the stack follows where a move, or MLflow itself, says that the alias was.
 */
final class AliasStack {
    private final Deque<Integer> holders = new ArrayDeque<>();

    /**
     * Replays {@code moves}.
     *
     * @param holder where MLflow says that the alias points now
     */
    AliasStack(List<Move> moves, int holder) {
        for (Move move : moves) {
            settle(move.previous());
            if (move.isRollback()) {
                settle(move.version());
            } else {
                holders.push(move.version());
            }
        }
        settle(holder);
    }

    /** The version that a rollback returns to. */
    Optional<Integer> before() {
        return holders.stream().skip(1).findFirst();
    }

    /** Goes one back when that leads to {@code holder}; otherwise somebody else has put it on top. */
    private void settle(int holder) {
        if (holder == ModelRegistry.NO_VERSION) {
            holders.clear();
        } else if (before().equals(Optional.of(holder))) {
            holders.pop();
        } else if (!Optional.of(holder).equals(Optional.ofNullable(holders.peek()))) {
            holders.push(holder);
        }
    }
}
