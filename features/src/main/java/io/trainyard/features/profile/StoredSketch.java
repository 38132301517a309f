package io.trainyard.features.profile;

import org.apache.datasketches.SketchesArgumentException;

/** Bytes that somebody stored, which may be anything. */
final class StoredSketch {

    private StoredSketch() {}

    /**
     * Reads a sketch to see that it is one.
     *
     * @throws IllegalArgumentException if it is not
     */
    static void check(String kind, Runnable read) {
        try {
            read.run();
        } catch (SketchesArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | AssertionError e) {
            throw new IllegalArgumentException(
                    "A stored %s cannot be read; compute the profile anew: %s".formatted(kind, e.getMessage()), e);
        }
    }
}
