package io.trainyard.features.asof;

import io.trainyard.features.asof.WindowPart.Measure;
import java.util.Arrays;

/**
 * The windows of one key: one row of events by time that all windows share, and for each window the place where it begins. Whatever is
 * visible happened long enough ago to be in every window, so all of them end where the events end.
 */
final class SlidingWindows implements Part.State {

    private static final double MICROS = 1e6;
    private static final int FEW = 1024;

    private final WindowPart part;
    private final Running[][] running;
    private final int[] starts;
    private Event[] events = new Event[8];
    private int end;

    SlidingWindows(WindowPart part) {
        this.part = part;
        int windows = part.reaches().length;
        starts = new int[windows];
        running = new Running[windows][part.measures().length];
        for (Running[] ofWindow : running) {
            Arrays.setAll(ofWindow, measure -> part.measures()[measure].start());
        }
    }

    @Override
    public void see(Event event) {
        int at = insert(event);
        for (int window = 0; window < starts.length; window++) {
            if (at < starts[window]) {
                // Older than what has left already: the window has passed it.
                starts[window]++;
            } else {
                enter(window, event);
            }
        }
    }

    @Override
    public void write(long time, Object[] features) {
        for (int window = 0; window < starts.length; window++) {
            slide(window, Moments.minus(time, part.reaches()[window]));
            for (int i = 0; i < running[window].length; i++) {
                Measure measure = part.measures()[i];
                features[measure.features()[window]] = read(measure, running[window][i], window, time);
            }
        }
        forget();
    }

    /** Late events go in from the end, where their place mostly is. */
    private int insert(Event event) {
        if (end == events.length) {
            events = Arrays.copyOf(events, 2 * end);
        }
        int at = end;
        while (at > 0 && events[at - 1].time() > event.time()) {
            events[at] = events[at - 1];
            at--;
        }
        events[at] = event;
        end++;
        return at;
    }

    private void enter(int window, Event event) {
        for (int i = 0; i < running[window].length; i++) {
            running[window][i].add(part.measures()[i].argument(event));
        }
    }

    private void slide(int window, long begin) {
        while (starts[window] < end && events[starts[window]].time() <= begin) {
            Event left = events[starts[window]++];
            for (int i = 0; i < running[window].length; i++) {
                running[window][i].remove(part.measures()[i].argument(left));
            }
        }
    }

    private Object read(Measure measure, Running kept, int window, long time) {
        boolean empty = starts[window] == end;
        return switch (measure.function()) {
            case FIRST -> empty ? null : first(measure, starts[window]);
            case LAST -> empty ? null : last(measure, starts[window]);
            case TIME_SINCE_LAST -> empty ? null : (Object) ((time - events[end - 1].time()) / MICROS);
            case COUNT, COUNT_DISTINCT, SUM, AVG, MIN, MAX, STDDEV -> kept.read();
        };
    }

    /** Among events of one time, the one that became visible first, then the least value. */
    private Object first(Measure measure, int start) {
        Event first = events[start];
        for (int i = start + 1; i < end && events[i].time() == first.time(); i++) {
            first = compare(measure, events[i], first) < 0 ? events[i] : first;
        }
        return measure.argument(first);
    }

    private Object last(Measure measure, int start) {
        Event last = events[end - 1];
        for (int i = end - 2; i >= start && events[i].time() == last.time(); i--) {
            last = compare(measure, events[i], last) > 0 ? events[i] : last;
        }
        return measure.argument(last);
    }

    private static int compare(Measure measure, Event left, Event right) {
        int compared = left.compareMoment(right);
        return compared == 0 ? measure.order().compare(measure.argument(left), measure.argument(right)) : compared;
    }

    /** Drops what all windows have passed, when that is most of what is kept. */
    private void forget() {
        int passed = end;
        for (int start : starts) {
            passed = Math.min(passed, start);
        }
        if (passed > FEW && passed > end / 2) {
            System.arraycopy(events, passed, events, 0, end - passed);
            Arrays.fill(events, end - passed, end, null);
            end -= passed;
            for (int window = 0; window < starts.length; window++) {
                starts[window] -= passed;
            }
        }
    }
}
