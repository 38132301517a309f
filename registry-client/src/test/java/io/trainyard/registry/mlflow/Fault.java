package io.trainyard.registry.mlflow;

import java.util.Map;

/** What goes wrong with one call. */
sealed interface Fault {
    /** The server answers so, and does nothing. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {}

    /** The connection breaks; the work is done, or is not. */
    record Cut(boolean isWorkDone) implements Fault {}

    /** The work is done, and the body never ends: it stops halfway, or goes on and on. */
    record Endless(boolean isStalled) implements Fault {}

    /** Something happens elsewhere before this call is served. */
    record Meanwhile(Runnable event) implements Fault {}

    static Fault status(int status) {
        return new Answer(status, Map.of(), "");
    }

    static Fault retryAfter(int status, String value) {
        return new Answer(status, Map.of("Retry-After", value), "busy");
    }
}
