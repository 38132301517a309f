package io.trainyard.tuning.space;

/** The checks that the kinds of parameters share, and their messages. */
final class Ranges {

    private Ranges() {}

    static void checkName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Cannot search a parameter without a name");
        }
    }

    static void check(String name, double low, double high, boolean log) {
        checkName(name);
        if (!(Double.isFinite(low) && Double.isFinite(high) && low <= high)) {
            throw bad(name, "[%s, %s] is not a range: low must not be above high".formatted(low, high));
        }
        if (log && low <= 0) {
            throw bad(name, "it is log and starts at %s: must start above 0".formatted(low));
        }
    }

    static IllegalArgumentException bad(String name, String problem) {
        return new IllegalArgumentException("Cannot search parameter '%s': %s".formatted(name, problem));
    }

    static IllegalArgumentException badValue(String name, Object value, String expected) {
        return new IllegalArgumentException("Parameter '%s' cannot be %s (%s): expected %s"
                .formatted(name, value, value.getClass().getSimpleName(), expected));
    }
}
