package io.trainyard.features.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a source consisted of when it was read, piece by piece, so that later only what came since has to be read: its files with sizes
 * and times, or its Delta table with the version.
 *
 * @param parts a mark of each piece by its name
 */
public record SourceState(SortedMap<String, String> parts) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public SourceState {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** As a JSON object. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts are always JSON", e);
        }
    }

    /** Reads {@link #toJson} back. */
    public static SourceState ofJson(String json) {
        try {
            Map<String, String> parts = JSON.readValue(json, new TypeReference<Map<String, String>>() {});
            return new SourceState(new TreeMap<>(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "A source's state must be a JSON object of texts, but it is: " + json, e);
        }
    }
}
