package io.trainyard.features.view;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A length of time on a clock, up to the moment at which a view is evaluated.
 *
 * @param length longer than nothing, in whole seconds
 */
public record Window(Duration length) {

    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1));
        UNITS.put("h", Duration.ofHours(1));
        UNITS.put("m", Duration.ofMinutes(1));
        UNITS.put("s", Duration.ofSeconds(1));
    }

    public Window {
        if (length.isNegative() || length.isZero() || length.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "A window must be some whole seconds long, but it is %s".formatted(length));
        }
    }

    /** The length in the greatest unit that divides it, as in the names of features: {@code 7d}, {@code 36h}, {@code 90s}. */
    public String label() {
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long seconds = unit.getValue().toSeconds();
            if (length.toSeconds() % seconds == 0) {
                return length.toSeconds() / seconds + unit.getKey();
            }
        }
        throw new IllegalStateException("Seconds divide whole seconds");
    }
}
