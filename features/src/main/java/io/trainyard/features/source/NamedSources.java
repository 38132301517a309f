package io.trainyard.features.source;

import io.trainyard.features.view.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Declared sources that queries may name like tables.
 *
 * @param sources by name in lower case, since letter case does not count in SQL
 * @param asking names of the sources whose queries led here, the outermost first
 */
record NamedSources(Map<String, Source> sources, List<String> asking) {

    static final NamedSources NONE = new NamedSources(Map.of(), List.of());

    static NamedSources of(Map<String, Source> sources) {
        Map<String, Source> lower = new TreeMap<>();
        sources.forEach((name, source) -> lower.put(name.toLowerCase(Locale.ROOT), source));
        return new NamedSources(lower, List.of());
    }

    /**
     * Opens what a query names. A source that names itself means a table of the catalog.
     *
     * @param open opens a source whose own query may name the sources it is given
     * @throws SourceException if sources name each other in a circle
     */
    Map<String, SourceSnapshot> open(
            SparkSession spark, String asker, String sql, BiFunction<Source, NamedSources, SourceSnapshot> open) {
        Map<String, SourceSnapshot> opened = new TreeMap<>();
        if (sources.isEmpty()) {
            return opened;
        }
        List<String> path = new ArrayList<>(asking);
        path.add(asker);
        for (String name : PlanTables.named(spark, asker, sql)) {
            Optional<Source> source = Optional.ofNullable(sources.get(name))
                    .filter(found -> !found.name().equals(asker));
            if (source.isPresent()) {
                requireNoCircle(path, source.get());
                opened.put(name, open.apply(source.get(), new NamedSources(sources, List.copyOf(path))));
            }
        }
        return opened;
    }

    private static void requireNoCircle(List<String> path, Source source) {
        if (path.contains(source.name())) {
            throw new SourceException(
                    "Cannot run the query of source '%s': the queries go in a circle, %s -> %s; name a table in one of them"
                            .formatted(path.get(0), String.join(" -> ", path), source.name()));
        }
    }

    /** Takes a step while the session's temporary views have these names; nothing stays of them. */
    static <T> T whileNamed(SparkSession spark, String asker, Map<String, SourceSnapshot> opened, Supplier<T> step) {
        synchronized (spark) { // the views are the session's: two queries would take them from each other
            requireFree(spark, asker, opened.keySet());
            try {
                opened.forEach((name, snapshot) -> snapshot.rows().createOrReplaceTempView("`" + name + "`"));
                return step.get();
            } finally {
                opened.keySet().forEach(spark.catalog()::dropTempView);
            }
        }
    }

    private static void requireFree(SparkSession spark, String asker, Set<String> names) {
        for (String name : names) {
            if (spark.sessionState().catalog().getTempView(name).isDefined()) {
                throw new SourceException(
                        "Cannot run the query of source '%s': '%s' is a source and a temporary view of this session; drop the view or rename the source"
                                .formatted(asker, name));
            }
        }
    }
}
