package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Moves aliases by compare-and-set, which MLflow does not have: its aliases go to whoever writes last. But a run's
 * parameter never changes once it is there. So a move is made in three steps:
 *
 * <ol>
 *   <li>Its number is claimed: the move becomes a parameter, named by the number, of the run that made the model's first
 *       version. Of all who claim one number the server lets one through. This decides.
 *   <li>The alias is set.
 *   <li>The move becomes a tag, under its number: it is done.
 * </ol>
 *
 * Whoever finds a claim that is not done, because its owner is slow or has died, does the two other steps himself before
 * he decides anything. Readers need the aliases and tags alone. An owner who comes late sets the alias to what was right
 * before; he sees the newer tag then, and corrects it. All this holds as long as nobody deletes the model's first version,
 * or its run, at the very moment of a move; and with a server on a database, whose primary key of parameters decides, not
 * with MLflow's file store, which has been given up.
 */
final class AliasMoves {
    private final MlflowClient client;
    private final ModelStore store;

    AliasMoves(MlflowClient client, ModelStore store) {
        this.client = client;
        this.store = store;
    }

    /** Makes the move that {@code decide} makes of the present state, and decides anew when another one was first. */
    ModelState move(String model, Function<ModelState, Optional<Move>> decide) {
        while (true) {
            ModelState before = settled(model);
            Optional<Move> move = decide.apply(before);
            if (move.isEmpty()) {
                return before;
            }
            Run ledger = ledger(before);
            Move first = claimed(before, ledger, move.get());
            complete(before.model(), ledger, first);
            if (first.equals(move.get())) {
                return store.state(model);
            }
        }
    }

    /** The state in which every claim is done. */
    private ModelState settled(String model) {
        ModelState state = store.state(model);
        while (!state.versions().isEmpty()) {
            Run ledger = ledger(state);
            Optional<Move> pending = claim(state, ledger, state.nextMove());
            if (pending.isEmpty()) {
                return state;
            }
            complete(state.model(), ledger, pending.get());
            ModelState next = store.state(model);
            requireProgress(state, next);
            state = next;
        }
        return state;
    }

    /** A tag that was set must be visible by now, or this would go on for ever. */
    private static void requireProgress(ModelState before, ModelState after) {
        if (before.nextMove() == after.nextMove()) {
            throw new IllegalStateException("MLflow has accepted the tag '%s' for model '%s' and does not show it"
                    .formatted(Move.tag(before.nextMove()), before.name()));
        }
    }

    /** Claims the number of {@code move}, and returns the move that has it, this or another. */
    private Move claimed(ModelState state, Run ledger, Move move) {
        String claim = Move.claim(state.model(), move.number());
        RuntimeException refusal = new IllegalStateException(
                "MLflow has accepted the parameter '%s' of run %s and does not show it".formatted(claim, ledger.id()));
        try {
            client.runs().log(ledger.id(), List.of(), Map.of(claim, MoveJson.write(move)), Map.of());
        } catch (MlflowException e) {
            // Perhaps another one was first; the run knows.
            refusal = e;
        }
        Run now = client.runs().find(ledger.id()).orElse(ledger);
        Optional<Move> first = claim(state, now, move.number());
        if (first.isEmpty()) {
            throw refusal;
        }
        return first.get();
    }

    private static Optional<Move> claim(ModelState state, Run ledger, int number) {
        return Optional.ofNullable(ledger.params().get(Move.claim(state.model(), number)))
                .map(text -> MoveJson.read(state.name(), text));
    }

    private void complete(MlflowModel model, Run ledger, Move move) {
        if (store.moves(model.name()).stream().anyMatch(done -> done.number() == move.number())) {
            return;
        }
        try {
            store.setAlias(model.name(), move.alias(), move.version());
        } catch (MlflowException e) {
            // Such as when the version was deleted since. The move is over: otherwise nobody could ever make another.
            store.done(model, ledger, move);
            throw e;
        }
        store.done(model, ledger, move);
        keepNewest(model.name(), move);
    }

    /** Sets the alias right when {@code set} was overtaken by a newer move before the alias was set to it. */
    private void keepNewest(String model, Move set) {
        Move newest = store.moves(model).stream()
                .filter(move -> move.alias().equals(set.alias()))
                .reduce(set, (one, other) -> one.number() >= other.number() ? one : other);
        if (newest.number() > set.number()) {
            store.setAlias(model, newest.alias(), newest.version());
            keepNewest(model, newest);
        }
    }

    /** The run of the first version that still has one. */
    private Run ledger(ModelState state) {
        return state.ledgers().stream()
                .map(client.runs()::find)
                .flatMap(Optional::stream)
                .filter(run -> !run.isDeleted())
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        ("Cannot move aliases of model '%s': the runs of all its versions are deleted, and moves are"
                                        + " decided in the first of them; restore it, or register the model again")
                                .formatted(state.name())));
    }
}
