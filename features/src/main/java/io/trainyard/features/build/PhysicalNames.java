package io.trainyard.features.build;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Column names that Delta takes for features with any names. Letters, also those beyond ASCII, and digits stay, everything else becomes
 * {@code _}; no name starts with {@code _}, which is kept for the table's own columns; names that would be equal but for letter case
 * are numbered.
 */
final class PhysicalNames {

    private PhysicalNames() {}

    /** The column of every feature, in the features' order. */
    static Map<String, String> of(List<String> features) {
        return of(features, Set.of());
    }

    /** @param reserved names in small letters that no column may have */
    static Map<String, String> of(List<String> features, Set<String> reserved) {
        Map<String, String> columns = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(reserved);
        for (String feature : features) {
            String safe = safe(feature);
            String column = safe;
            for (int number = 2; !taken.add(column.toLowerCase(Locale.ROOT)); number++) {
                column = safe + "_" + number;
            }
            columns.put(feature, column);
        }
        return columns;
    }

    private static String safe(String feature) {
        StringBuilder safe = new StringBuilder();
        feature.codePoints()
                .map(letter -> Character.isLetterOrDigit(letter) ? letter : '_')
                .forEach(safe::appendCodePoint);
        return safe.isEmpty() || safe.charAt(0) == '_' ? "c" + safe : safe.toString();
    }
}
