package io.trainyard.features.source;

import io.trainyard.features.view.Source;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/** The columns of a source by the names that people give them: letter case does not count, as in Spark's SQL. */
public record SourceColumns(Source source, List<String> names) {

    public static SourceColumns of(Source source, StructType schema) {
        return new SourceColumns(source, List.of(schema.fieldNames()));
    }

    /**
     * The column's name as the source spells it.
     *
     * @param purpose what cannot be done without it, to be read after "Cannot"
     * @throws SourceException if there is none, with the nearest name there is
     */
    public String require(String purpose, String name) {
        return names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new SourceException("Cannot %s: column '%s' not found in source '%s'%s"
                        .formatted(purpose, name, source.name(), NearestName.hint(name, names))));
    }

    /** A column's name for SQL, where dots, spaces and the like would otherwise mean something. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Refuses names that Spark or Delta could not tell apart. */
    static void requireDistinct(String source, String[] names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                String same = String.join(
                        ", ",
                        Arrays.stream(names).filter(name::equalsIgnoreCase).toList());
                throw new SourceException(
                        "Cannot read source '%s': columns %s have one name, since letter case does not count; rename one"
                                .formatted(source, same));
            }
        }
    }
}
