package io.trainyard.features.asof;

import java.io.Serializable;

/**
 * What of a view is known at the same time, as executors need it: its events come together and are forgotten together.
 *
 * <p>Here and in what serves it, columns are found by their positions: they are computed once by {@link EventLayout}, and looking names
 * up for every row would be most of the work.
 */
sealed interface Part extends Serializable permits NewestPart, WindowPart {

    /** What it needs of an event. */
    EventValues values();

    /** Of a key that nothing is known of yet. */
    State start();

    /** What is known of one key, as time goes on. */
    interface State {

        /** Takes an event that has become visible; they come in that order. */
        void see(Event event);

        /**
         * Writes the features at a time that is no earlier than any before.
         *
         * @param features of all views over the key, of which this writes its own
         */
        void write(long time, Object[] features);
    }
}
