package io.trainyard.features.asof;

import java.util.OptionalInt;

/**
 * Where the join takes one plan and where another. None of it changes a value of the result.
 *
 * @param broadcastRows a view of columns with at most so many rows is sent to every executor instead of shuffled; 0: none is
 * @param broadcastBytes what Spark estimates to be larger than this is not even tried
 * @param hotKeyRows a key with more rows than this, examples and events together, is cut into time slices of about so many
 * @param slices cuts every key into so many slices, whatever its size: for tests
 */
public record AsOfSettings(long broadcastRows, long broadcastBytes, long hotKeyRows, OptionalInt slices) {

    public AsOfSettings {
        if (broadcastRows < 0 || broadcastRows > Integer.MAX_VALUE / 2 || broadcastBytes < 0) {
            throw new IllegalArgumentException(
                    "Cannot broadcast up to %d rows and %d bytes: give limits of at least 0, and rows that fit a driver"
                            .formatted(broadcastRows, broadcastBytes));
        }
        if (hotKeyRows < 1) {
            throw new IllegalArgumentException("A hot key has at least 1 row, but hotKeyRows is " + hotKeyRows);
        }
        if (slices.isPresent() && slices.getAsInt() < 2) {
            throw new IllegalArgumentException(
                    "A key is cut into at least 2 slices, but slices is " + slices.getAsInt());
        }
    }

    public static AsOfSettings defaults() {
        return new AsOfSettings(100_000, 64L << 20, 2_000_000, OptionalInt.empty());
    }

    public AsOfSettings withBroadcastRows(long rows) {
        return new AsOfSettings(rows, broadcastBytes, hotKeyRows, slices);
    }

    public AsOfSettings withHotKeyRows(long rows) {
        return new AsOfSettings(broadcastRows, broadcastBytes, rows, slices);
    }

    public AsOfSettings withSlices(int count) {
        return new AsOfSettings(broadcastRows, broadcastBytes, hotKeyRows, OptionalInt.of(count));
    }
}
