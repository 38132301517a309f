package io.trainyard.tuning.matrix;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Booster;

/**
 * Boosters that paused while they trained on a matrix. One that goes on in the process where it paused still knows what it predicted;
 * one that is read back predicts every row by all of its trees again.
 *
 * <p>There are never more of them, with those that train, than ever trained at once: who begins takes its own booster from here, or
 * frees the one that paused first.
 */
public final class PausedBoosters {
    private final Deque<Paused> all = new ArrayDeque<>();
    private boolean closed;

    @SuppressWarnings("ArrayRecordComponent") // Compared by hand.
    private record Paused(byte[] model, Map<String, Object> parameters, Booster booster) {
        boolean is(byte[] otherModel, Map<String, Object> otherParameters) {
            return Arrays.equals(model, otherModel) && parameters.equals(otherParameters);
        }
    }

    PausedBoosters() {}

    /**
     * The booster that goes on from a model, for the caller to dispose of or to {@link #keep}; empty where it did not pause here, or was
     * freed since.
     *
     * @param model what it wrote when it paused
     * @param parameters what it trains with
     */
    public synchronized Optional<Booster> take(byte[] model, Map<String, Object> parameters) {
        for (Iterator<Paused> each = all.iterator(); each.hasNext(); ) {
            Paused paused = each.next();
            if (paused.is(model, parameters)) {
                each.remove();
                return Optional.of(paused.booster());
            }
        }
        makeRoom();
        return Optional.empty();
    }

    /** Frees the booster that paused first, for another that begins. */
    public synchronized void makeRoom() {
        Paused first = all.poll();
        if (first != null) {
            first.booster().dispose();
        }
    }

    /** Keeps a booster, which is not the caller's any more. */
    public synchronized void keep(byte[] model, Map<String, Object> parameters, Booster booster) {
        if (closed) {
            booster.dispose();
        } else {
            all.add(new Paused(model, parameters, booster));
        }
    }

    synchronized void close() {
        closed = true;
        all.forEach(paused -> paused.booster().dispose());
        all.clear();
    }
}
