package io.trainyard.features.asof;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Walks examples and events in {@link TimeOrder}, keeping what is known of the keys of one bucket.
 *
 * @param bits of the order that are time
 * @param time position of the time in an example
 * @param columns how many columns of an example go on; its key comes after them
 * @param keys how many columns a key has
 * @param eventKey where it begins in an event
 * @param features how many come to an example
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record KeyMerge(Part[] parts, int bits, int time, int columns, int keys, int eventKey, int features)
        implements MapPartitionsFunction<Row, Row> {

    static final int ORDER = 0;
    static final int EXAMPLE = 1;
    static final int EVENT = 2;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Walk(rows);
    }

    private final class Walk implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final Map<Key, Part.State[]> bucket = new HashMap<>();
        private long current;
        private Row example;

        Walk(Iterator<Row> rows) {
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
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("No more examples");
            }
            Row joined = joined(example);
            example = null;
            return joined;
        }

        private void take(Row row) {
            long ofRow = TimeOrder.bucket(row.getLong(ORDER), bits);
            if (ofRow != current) {
                bucket.clear();
                current = ofRow;
            }
            if (row.isNullAt(EVENT)) {
                example = row.getStruct(EXAMPLE);
                return;
            }
            Row event = row.getStruct(EVENT);
            states(Key.of(event, eventKey, keys))[event.getInt(Event.PART)].see(Event.of(event));
        }

        private Part.State[] states(Key key) {
            return bucket.computeIfAbsent(key, absent -> {
                Part.State[] states = new Part.State[parts.length];
                for (int i = 0; i < parts.length; i++) {
                    states[i] = parts[i].start();
                }
                return states;
            });
        }

        private Row joined(Row from) {
            Object[] found = new Object[features];
            long now = from.isNullAt(time) ? Event.ALWAYS : from.getLong(time);
            for (Part.State state : states(Key.of(from, columns, keys))) {
                state.write(now, found);
            }
            Object[] row = new Object[columns + features];
            for (int i = 0; i < columns; i++) {
                row[i] = from.get(i);
            }
            System.arraycopy(found, 0, row, columns, features);
            return RowFactory.create(row);
        }
    }
}
