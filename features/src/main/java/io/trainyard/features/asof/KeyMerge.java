package io.trainyard.features.asof;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Walks the examples of one key, by time, and its events, by when they become visible, side by side.
 *
 * @param time position of the time in an example
 * @param columns how many columns of an example go on
 * @param features how many come to them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record KeyMerge(Part[] parts, int time, int columns, int features) implements CoGroupFunction<Row, Row, Row, Row> {

    @Override
    public Iterator<Row> call(Row key, Iterator<Row> examples, Iterator<Row> events) {
        return examples.hasNext() ? new Walk(examples, events) : Collections.emptyIterator();
    }

    private final class Walk implements Iterator<Row> {
        private final Iterator<Row> examples;
        private final Iterator<Row> events;
        private final Part.State[] states = new Part.State[parts.length];
        private Row next;

        Walk(Iterator<Row> examples, Iterator<Row> events) {
            this.examples = examples;
            this.events = events;
            for (int i = 0; i < parts.length; i++) {
                states[i] = parts[i].start();
            }
            this.next = events.hasNext() ? events.next() : null;
        }

        @Override
        public boolean hasNext() {
            return examples.hasNext();
        }

        @Override
        public Row next() {
            Row example = examples.next();
            long now = example.isNullAt(time) ? Event.ALWAYS : example.getLong(time);
            while (next != null && next.getLong(Event.VISIBLE) <= now) {
                states[next.getInt(Event.PART)].see(Event.of(next));
                next = events.hasNext() ? events.next() : null;
            }
            Object[] features = new Object[features()];
            for (Part.State state : states) {
                state.write(now, features);
            }
            return joined(example, features);
        }

        private Row joined(Row example, Object[] features) {
            Object[] row = new Object[columns + features.length];
            for (int i = 0; i < columns; i++) {
                row[i] = example.get(i);
            }
            System.arraycopy(features, 0, row, columns, features.length);
            return RowFactory.create(row);
        }
    }
}
