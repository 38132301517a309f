package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AliasStackTest {
    private final List<Move> moves = new ArrayList<>();

    @Test
    void aRollbackReturnsToTheVersionBefore() {
        promoted(1, 0);
        promoted(2, 1);

        assertThat(new AliasStack(moves, 2).before()).contains(1);
        assertThat(new AliasStack(moves.subList(0, 1), 1).before()).isEmpty();
        assertThat(new AliasStack(List.of(), 0).before()).isEmpty();
    }

    @Test
    void whatWasRolledBackIsGone() {
        promoted(1, 0);
        promoted(2, 1);
        rolledBack(1, 2);
        promoted(3, 1);

        assertThat(new AliasStack(moves, 3).before()).contains(1);
    }

    @Test
    void aVersionThatHeldTwiceIsReturnedToTwice() {
        promoted(1, 0);
        promoted(2, 1);
        promoted(1, 2);
        promoted(3, 1);

        assertThat(new AliasStack(moves, 3).before()).contains(1);
        rolledBack(1, 3);
        assertThat(new AliasStack(moves, 1).before()).contains(2);
    }

    @Test
    void aMoveThatNeverTookEffectIsForgotten() {
        promoted(1, 0);
        promoted(2, 1);
        promoted(3, 1);

        assertThat(new AliasStack(moves, 3).before()).contains(1);
        assertThat(new AliasStack(moves.subList(0, 2), 1).before()).isEmpty();
    }

    @Test
    void aMovePastUsIsSeenByWhereItLedTo() {
        promoted(1, 0);
        promoted(3, 2);

        assertThat(new AliasStack(moves, 3).before()).contains(2);
        assertThat(new AliasStack(moves, 7).before()).contains(3);
    }

    @Test
    void anAliasThatWasRemovedBeginsAnew() {
        promoted(1, 0);
        promoted(2, 1);
        promoted(3, 0);

        assertThat(new AliasStack(moves, 3).before()).isEmpty();
        assertThat(new AliasStack(moves, 0).before()).isEmpty();
    }

    private void promoted(int version, int previous) {
        moved(false, version, previous);
    }

    private void rolledBack(int version, int previous) {
        moved(true, version, previous);
    }

    private void moved(boolean isRollback, int version, int previous) {
        int number = moves.size() + 1;
        moves.add(new Move(
                number, "id" + number, Instant.EPOCH, "alice", isRollback, "champion", version, previous, 9, "why"));
    }
}
