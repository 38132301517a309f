package io.trainyard.features.asof;

import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.Function;

/** An aggregate of values that come and leave; what it reads depends on those that are there and on nothing else. */
sealed interface Running {

    void add(Object value);

    /** Takes out a value that was put in. */
    void remove(Object value);

    Object read();

    /** How many rows. */
    final class Rows implements Running {
        private long rows;

        @Override
        public void add(Object value) {
            rows++;
        }

        @Override
        public void remove(Object value) {
            rows--;
        }

        @Override
        public Object read() {
            return rows;
        }
    }

    /** How many values. */
    final class Count implements Running {
        private long count;

        @Override
        public void add(Object value) {
            count += value == null ? 0 : 1;
        }

        @Override
        public void remove(Object value) {
            count -= value == null ? 0 : 1;
        }

        @Override
        public Object read() {
            return count;
        }
    }

    /** Their sum, or their mean: the sum, correctly rounded, divided by their number. */
    final class Sum implements Running {
        private final ExactSum sum = new ExactSum();
        private final boolean mean;
        private long count;

        Sum(boolean mean) {
            this.mean = mean;
        }

        @Override
        public void add(Object value) {
            if (value != null) {
                sum.add((double) value);
                count++;
            }
        }

        @Override
        public void remove(Object value) {
            if (value != null) {
                sum.subtract((double) value);
                count--;
            }
        }

        @Override
        public Object read() {
            return count == 0 ? null : (Object) (mean ? sum.value() / count : sum.value());
        }
    }

    /** Their standard deviation. */
    final class Spread implements Running {
        private final ExactSum sum = new ExactSum();
        private final ExactSum squares = new ExactSum();
        private long count;

        @Override
        public void add(Object value) {
            if (value != null) {
                sum.add((double) value);
                squares.addSquare((double) value);
                count++;
            }
        }

        @Override
        public void remove(Object value) {
            if (value != null) {
                sum.subtract((double) value);
                squares.subtractSquare((double) value);
                count--;
            }
        }

        @Override
        public Object read() {
            if (count < 2) {
                return null;
            }
            return sum.isFinite() ? (Object) Deviation.of(count, sum, squares) : (Object) Double.NaN;
        }
    }

    /** The different ones, each with how often it is there: late ones can come between any others. */
    final class Values implements Running {
        private final TreeMap<Object, Integer> times;
        private final Function<Values, Object> reading;

        Values(Comparator<Object> order, Function<Values, Object> reading) {
            this.times = new TreeMap<>(order);
            this.reading = reading;
        }

        @Override
        public void add(Object value) {
            if (value != null) {
                times.merge(value, 1, Integer::sum);
            }
        }

        @Override
        public void remove(Object value) {
            if (value != null) {
                times.merge(value, -1, (there, one) -> there == 1 ? null : Integer.valueOf(there - 1));
            }
        }

        @Override
        public Object read() {
            return reading.apply(this);
        }

        Object distinct() {
            return (long) times.size();
        }

        Object least() {
            return times.isEmpty() ? null : times.firstKey();
        }

        Object greatest() {
            return times.isEmpty() ? null : times.lastKey();
        }
    }

    /** What the window itself can say without keeping count. */
    final class Nothing implements Running {

        @Override
        public void add(Object value) {}

        @Override
        public void remove(Object value) {}

        @Override
        public Object read() {
            throw new IllegalStateException("Nothing is kept that could be read");
        }
    }
}
