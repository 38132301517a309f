package io.trainyard.features.view;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the rows of a source are. */
public sealed interface Location permits Location.Files, Location.Table, Location.Query {

    /**
     * A file, a folder of files of one format, a pattern such as {@code data/*.csv}, or a Delta table by its path.
     *
     * @param path any path that Hadoop's file systems understand; relative ones are relative to the working directory
     * @param format empty to infer it from the path and what lies there
     * @param options reader options of Spark, such as {@code sep} or {@code multiLine}; letter case of their names does not count
     */
    record Files(String path, Optional<FileFormat> format, Map<String, String> options) implements Location {
        public Files {
            Source.requireText("path of a source", path);
            Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            sorted.putAll(options);
            options = Collections.unmodifiableMap(sorted);
        }

        /** The files at a path, of the format that their names tell. */
        public static Files at(String path) {
            return new Files(path, Optional.empty(), Map.of());
        }
    }

    /** A table or view of the session's catalog, such as {@code sales.transactions}. */
    record Table(String name) implements Location {
        public Table {
            Source.requireText("table of a source", name);
        }
    }

    /** The result of a query in Spark SQL. */
    record Query(String sql) implements Location {
        public Query {
            Source.requireText("query of a source", sql);
        }
    }
}
