package io.trainyard.features.asof;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which row of a key is its newest, from when on: by time, so that a moment is found by halving. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
record Timeline(long[] from, Event[] newest) implements Serializable {

    static Timeline of(NewestPart part, List<Event> events) {
        List<Event> chosen = new ArrayList<>();
        List<Long> from = new ArrayList<>();
        for (Event event :
                events.stream().sorted(Comparator.comparingLong(Event::visible)).toList()) {
            if (chosen.isEmpty() || part.isNewer(event, chosen.get(chosen.size() - 1))) {
                chosen.add(event);
                from.add(event.visible());
            }
        }
        return new Timeline(from.stream().mapToLong(Long::longValue).toArray(), chosen.toArray(Event[]::new));
    }

    void write(NewestPart part, long time, Object[] features) {
        int place = lastUpTo(time);
        if (place >= 0) {
            part.write(newest[place], time, features);
        }
    }

    /** Of several that became visible at once, the last. */
    private int lastUpTo(long time) {
        int low = Arrays.binarySearch(from, time);
        int place = low < 0 ? -low - 2 : low;
        while (place >= 0 && place + 1 < from.length && from[place + 1] == from[place]) {
            place++;
        }
        return place;
    }
}
