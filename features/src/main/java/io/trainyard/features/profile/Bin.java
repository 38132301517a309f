package io.trainyard.features.profile;

import java.util.Optional;

/**
 * Rows of a reference and of current data that go into one bin of the reference.
 *
 * @param reference how many rows of the reference, estimated where its sketch does not keep all values
 * @param current as for the reference
 */
public record Bin(Kind kind, String label, double reference, double current) {

    /** What goes into a bin. Those with a name of their own are watched by themselves, too. */
    public enum Kind {
        /** Finite numbers within bounds. */
        RANGE,
        /** One category, or one truth value. */
        CATEGORY,
        /** Categories that the reference holds, each too rare for a bin. */
        OTHER,
        /** Categories that the reference does not hold; of the reference, what is to be expected from its rarest ones. */
        NEW("new categories"),
        /** No value. */
        NULL("nulls"),
        NOT_A_NUMBER("NaN"),
        NEGATIVE_INFINITY("negative infinities"),
        POSITIVE_INFINITY("positive infinities"),
        /** Finite numbers below the least of the reference. */
        BELOW("values below the reference's range"),
        /** Finite numbers above the greatest of the reference. */
        ABOVE("values above the reference's range");

        private final Optional<String> watched;

        Kind() {
            watched = Optional.empty();
        }

        Kind(String watched) {
            this.watched = Optional.of(watched);
        }

        /** What its rows are called, for people, where their share is watched by itself. */
        public Optional<String> watched() {
            return watched;
        }
    }

    boolean isEmpty() {
        return reference == 0 && current == 0;
    }
}
