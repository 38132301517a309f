package io.trainyard.jobs.config.binding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays one value over another, before either is read as anything: mappings key by key, all else replaced as a whole. */
public final class Overlay {
    private Overlay() {}

    /** The base with the overlay's values in place of its own; a key that the overlay leaves empty is removed. */
    public static Value.Mapping over(Value.Mapping base, Value.Mapping overlay) {
        Map<String, Value> entries = new LinkedHashMap<>(base.entries());
        overlay.entries().forEach((key, above) -> {
            if (above instanceof Value.Empty) {
                entries.remove(key);
            } else {
                entries.put(key, over(entries.getOrDefault(key, above), above));
            }
        });
        return new Value.Mapping(entries, base.line());
    }

    /** An overlay of one value at a path of keys, all on the line of that value. */
    public static Value.Mapping at(List<String> keys, Value value) {
        Value nested = value;
        for (int i = keys.size() - 1; i >= 0; i--) {
            nested = new Value.Mapping(Map.of(keys.get(i), nested), value.line());
        }
        return (Value.Mapping) nested;
    }

    private static Value over(Value below, Value above) {
        return below instanceof Value.Mapping base && above instanceof Value.Mapping overlay
                ? over(base, overlay)
                : above;
    }
}
