package io.trainyard.registry.mlflow;

import java.time.Instant;

/**
 * An alias moved.
 *
 * @param number the place among the moves of the model's aliases, from 1
 * @param id tells it from every other move, also from one with all else equal
 * @param isRollback whether it went back to the version that held the alias before
 * @param version where the alias points now
 * @param previous where it pointed before
 * @param newest the newest version of the model at the time: the move came after it, and before all newer ones
 */
record Move(
        int number,
        String id,
        Instant at,
        String actor,
        boolean isRollback,
        String alias,
        int version,
        int previous,
        int newest,
        String reason) {
    private static final String KEY = "trainyard.move.";

    Move {
        reason = Limits.word(reason);
        actor = Limits.word(actor);
    }

    /** The tag that holds the move once it is done. */
    String tag() {
        return tag(number);
    }

    static String tag(int number) {
        return KEY + "%08d".formatted(number);
    }

    static boolean isTag(String key) {
        return key.startsWith(KEY);
    }

    /** The parameter that only one move can have. A model that was deleted and made again begins anew. */
    static String claim(MlflowModel model, int number) {
        return claims(model) + "%08d".formatted(number);
    }

    static boolean isClaim(MlflowModel model, String key) {
        return key.startsWith(claims(model));
    }

    private static String claims(MlflowModel model) {
        return KEY + "%d.".formatted(model.created().toEpochMilli());
    }

    String text() {
        return "%s by %s at %s: %s".formatted(isRollback ? "rolled back" : "promoted", actor, at, reason);
    }
}
