package io.trainyard.features.asof;

/**
 * Columns of the newest visible row: the one with the greatest event time, then the one that became visible last, then the one with the
 * greatest values.
 *
 * @param values which are chosen together
 * @param features positions of the features in the result
 * @param maxAge in microseconds; {@link Long#MAX_VALUE} for any
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record NewestPart(EventValues values, ValueOrder[] orders, int[] features, long maxAge) implements Part {

    @Override
    public State start() {
        return new Newest();
    }

    boolean isNewer(Event left, Event right) {
        int compared = left.compareMoment(right);
        for (int i = 0; compared == 0 && i < orders.length; i++) {
            compared = orders[i].compare(left.values()[i], right.values()[i]);
        }
        return compared > 0;
    }

    void write(Event newest, long time, Object[] into) {
        if (Moments.minus(time, newest.time()) <= maxAge) {
            for (int i = 0; i < features.length; i++) {
                into[features[i]] = newest.values()[i];
            }
        }
    }

    private final class Newest implements State {

        private Event newest;

        @Override
        public void see(Event event) {
            if (newest == null || isNewer(event, newest)) {
                newest = event;
            }
        }

        @Override
        public void write(long time, Object[] into) {
            if (newest != null) {
                NewestPart.this.write(newest, time, into);
            }
        }
    }
}
