package io.trainyard.jobs.config;

import io.trainyard.features.view.FileFormat;
import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.OptionValue;
import io.trainyard.jobs.config.binding.ShortForm;
import io.trainyard.jobs.config.binding.Variant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Data to read: files, a table of the catalog, or a query. */
@ShortForm(scalar = "path")
@Description("a source of rows: a path, a table or a query; a lone text is a path")
public sealed interface SourceConfig {
    /** The column that says when a row happened. */
    Optional<String> eventTime();

    /** Files, or a folder of them. */
    @Variant("path")
    record Files(
            @Description("file, folder or URI; relative to this file")
            DataPath path,

            @Description("format of the files; by default what the path says")
            Optional<FileFormat> format,

            @Description("options of Spark's reader for this format") @Default("{}")
            Map<String, OptionValue> options,

            @Description("column with the time at which a row happened")
            Optional<String> eventTime)
            implements SourceConfig {
        public Files {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /** A table of the catalog. */
    @Variant("table")
    record Table(
            @Description("name of a table in the catalog, with its schema and catalog where needed")
            String table,

            @Description("column with the time at which a row happened")
            Optional<String> eventTime)
            implements SourceConfig {}

    /** A query over the catalog. */
    @Variant("sql")
    record Query(
            @Description("query over tables of the catalog") String sql,

            @Description("column with the time at which a row happened")
            Optional<String> eventTime)
            implements SourceConfig {}
}
