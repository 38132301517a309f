package io.trainyard.features.asof;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/**
 * Walks examples and events in {@link TimeOrder}, keeping what is known of the keys of one bucket. Of every example comes its
 * {@link SharedRow} and the features.
 *
 * @param events how to read those of each part
 * @param key where rows have it
 * @param time position of an example's
 * @param bits of the order that are time
 * @param features how many come to an example
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record KeyMerge(Part[] parts, EventReader[] events, Key key, int time, int bits, int features)
        implements SparkRows.Walk {

    @Override
    public Iterator<InternalRow> over(Iterator<InternalRow> rows) {
        return new Steps(rows);
    }

    private final class Steps implements Iterator<InternalRow> {
        private final Iterator<InternalRow> rows;
        private final Map<Object, Part.State[]> bucket = new HashMap<>();
        private final Part.State[] nothing = start();
        private final JoinedRow joined = new JoinedRow();
        private long current;
        private InternalRow example;

        Steps(Iterator<InternalRow> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (example == null && rows.hasNext()) {
                take(rows.next());
            }
            return example != null;
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException("No more examples");
            }
            InternalRow next = joined.apply(example, found(example));
            example = null;
            return next;
        }

        private void take(InternalRow row) {
            long ofRow = TimeOrder.bucket(row.getLong(SharedRow.ORDER_POSITION), bits);
            if (ofRow != current) {
                bucket.clear();
                current = ofRow;
            }
            if (row.isNullAt(SharedRow.PART_POSITION)) {
                example = row;
            } else {
                int part = row.getInt(SharedRow.PART_POSITION);
                states(key.of(row))[part].see(events[part].of(row));
            }
        }

        private Part.State[] states(Object ofKey) {
            Part.State[] states = bucket.get(ofKey);
            if (states == null) {
                states = start();
                bucket.put(Key.copy(ofKey), states);
            }
            return states;
        }

        private Part.State[] start() {
            Part.State[] states = new Part.State[parts.length];
            for (int i = 0; i < parts.length; i++) {
                states[i] = parts[i].start();
            }
            return states;
        }

        private InternalRow found(InternalRow row) {
            long now = row.isNullAt(time) ? Event.ALWAYS : row.getLong(time);
            Object[] found = new Object[features];
            for (Part.State state : bucket.getOrDefault(key.of(row), nothing)) {
                state.write(now, found);
            }
            return new GenericInternalRow(found);
        }
    }
}
