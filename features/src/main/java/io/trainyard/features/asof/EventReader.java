package io.trainyard.features.asof;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Where a row has what makes an event of one part.
 *
 * @param visible {@link #NO_COLUMN} where events become visible by their time and delay alone
 * @param delay in microseconds
 */
record EventReader(int time, int visible, long delay, EventValues values) implements Serializable {

    static final int NO_COLUMN = -1;

    Event of(InternalRow row) {
        long happened = row.getLong(time);
        return new Event(visible == NO_COLUMN ? due(happened) : row.getLong(visible), happened, values.of(row));
    }

    private long due(long happened) {
        return happened == Event.ALWAYS ? happened : happened + delay;
    }
}
