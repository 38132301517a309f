package io.trainyard.features.source;

import static java.util.stream.Collectors.joining;

import io.trainyard.features.privacy.Deidentification;
import io.trainyard.features.privacy.HashKey;
import io.trainyard.features.privacy.ValueText;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Privacy;
import io.trainyard.features.view.Source;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A source's declaration of privacy, found among its columns.
 *
 * @param columns by their names as the source spells them
 * @param key where a column is hashed
 */
record SourcePrivacy(Map<String, Privacy> columns, Optional<HashKey> key) {

    /**
     * @param secret what {@link HashKey#VARIABLE} holds; looked at only where a column is hashed
     * @throws SourceException if a column is not there or cannot be treated so, or if there is no usable key
     */
    static SourcePrivacy of(Source source, StructType schema, Optional<String> secret) {
        Map<String, Privacy> columns = new TreeMap<>();
        source.privacy().forEach((declared, privacy) -> {
            String purpose =
                    "%s a column of source '%s'".formatted(privacy.name().toLowerCase(Locale.ROOT), source.name());
            String name = SourceColumns.of(source, schema).require(purpose, declared);
            requireFit(source, schema, name, privacy);
            columns.put(name, privacy);
        });
        Optional<HashKey> key = columns.containsValue(Privacy.HASH) ? key(source, columns, secret) : Optional.empty();
        return new SourcePrivacy(columns, key);
    }

    Dataset<Row> apply(Dataset<Row> clear) {
        return Deidentification.of(columns, key).apply(clear);
    }

    /** What the rows are once de-identified; the same as before where nothing is declared. */
    SourceFingerprint apply(SourceFingerprint clear) {
        if (columns.isEmpty()) {
            return clear;
        }
        String hash = addTo(Fingerprint.of("de-identified source", 1).add("clear", clear.hash()))
                .hex();
        return new SourceFingerprint(clear.uri(), clear.version(), hash);
    }

    Fingerprint addTo(Fingerprint fingerprint) {
        return fingerprint
                .addAll("columns", columns.keySet())
                .addAll("privacy", columns.values())
                .add("key", key.map(HashKey::fingerprint).orElse(""));
    }

    private static void requireFit(Source source, StructType schema, String name, Privacy privacy) {
        String what = privacy.name().toLowerCase(Locale.ROOT);
        if (source.eventTime().filter(name::equalsIgnoreCase).isPresent()) {
            throw new SourceException(
                    "Cannot %s column '%s' of source '%s': it is the event time, which has to stay a time; leave it out of privacy"
                            .formatted(what, name, source.name()));
        }
        if (privacy != Privacy.DROP && !ValueText.exists(schema.apply(name).dataType())) {
            throw new SourceException(
                    "Cannot %s column '%s' of source '%s': it is of type %s; drop it, or make its parts columns in a query"
                            .formatted(
                                    what,
                                    name,
                                    source.name(),
                                    schema.apply(name).dataType().simpleString()));
        }
    }

    private static Optional<HashKey> key(Source source, Map<String, Privacy> columns, Optional<String> secret) {
        try {
            Optional<HashKey> key = secret.map(HashKey::of);
            Deidentification.of(columns, key);
            return key;
        } catch (IllegalArgumentException e) {
            String hashed = columns.entrySet().stream()
                    .filter(column -> column.getValue() == Privacy.HASH)
                    .map(Map.Entry::getKey)
                    .collect(joining(", "));
            throw new SourceException(
                    "Cannot hash %s of source '%s': %s".formatted(hashed, source.name(), e.getMessage()), e);
        }
    }
}
