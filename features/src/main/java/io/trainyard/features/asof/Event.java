package io.trainyard.features.asof;

import java.io.Serializable;

/**
 * A row of a view on its way to the examples: all times in microseconds since 1970.
 *
 * @param visible the first moment at which it counts
 * @param values those that its part needs, as Spark keeps them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record Event(long visible, long time, Object[] values) implements Serializable {

    static final int VISIBLE = 0;
    static final int TIME = 1;
    static final int PART = 2;
    static final int VALUES = 3;

    /** The time of what has always been there. */
    static final long ALWAYS = Long.MIN_VALUE;

    /** By time, then by when it became visible. */
    int compareMoment(Event other) {
        int compared = Long.compare(time, other.time);
        return compared == 0 ? Long.compare(visible, other.visible) : compared;
    }
}
