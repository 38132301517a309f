package io.trainyard.jobs.config;

import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Privacy;
import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Key;
import io.trainyard.jobs.config.binding.LoneKey;
import io.trainyard.jobs.config.binding.OptionValue;
import io.trainyard.jobs.config.binding.ShortForm;
import io.trainyard.jobs.config.binding.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data to read: files, a table of the catalog, or a query. */
@ShortForm(scalar = "path")
@Description("a source of rows: a path, a table or a query; a lone text is a path")
public sealed interface SourceConfig extends Checked {
    /** Stands, among the keys of {@link #knownAt}, for all columns that have none of their own. */
    String ALL_COLUMNS = "*";

    /** The column that says when a row happened. */
    Optional<String> eventTime();

    /** When the values of a column are known, as SQL over a row, by the column's name or {@link #ALL_COLUMNS}. */
    Map<String, String> knownAt();

    /** What happens to columns that are not read in clear, by their name. */
    Map<String, Privacy> privacy();

    /** What must hold of the rows. */
    List<TestConfig> tests();

    /** What happens to a column before it is read; empty where it is read in clear. */
    default Optional<Privacy> privacyOf(String column) {
        return entry(privacy(), column);
    }

    /** When the values of a column are known, where that is said of this very column. */
    default Optional<String> knownAtOf(String column) {
        return entry(knownAt(), column);
    }

    private static <T> Optional<T> entry(Map<String, T> byColumn, String column) {
        return byColumn.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    default List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        if (eventTime().isEmpty() && !knownAt().isEmpty()) {
            flaws.add(new Flaw(
                    "known_at",
                    "says what is later than the event time, which the source does not have: add 'event_time'"));
        }
        eventTime()
                .flatMap(this::privacyOf)
                .ifPresent(privacy -> flaws.add(new Flaw(
                        "private",
                        "'%s' is the event time, which has to be read as it is: remove it"
                                .formatted(eventTime().orElseThrow()))));
        for (int i = 0; i < tests().size(); i++) {
            if (tests().get(i) instanceof TestConfig.Freshness && eventTime().isEmpty()) {
                flaws.add(new Flaw(
                        "tests[" + i + "].freshness",
                        "needs to know when a row happened: add 'event_time' to the source"));
            }
        }
        return flaws;
    }

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
            Optional<String> eventTime,

            @Description(SourceKeys.KNOWN_AT) @Default("{}") @LoneKey(ALL_COLUMNS)
            Map<String, String> knownAt,

            @Description(SourceKeys.PRIVATE) @Default("{}") @Key("private")
            Map<String, Privacy> privacy,

            @Description(SourceKeys.TESTS) @Default("[]") List<TestConfig> tests)
            implements SourceConfig {
        public Files {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
            knownAt = Collections.unmodifiableMap(new LinkedHashMap<>(knownAt));
            privacy = Collections.unmodifiableMap(new LinkedHashMap<>(privacy));
            tests = List.copyOf(tests);
        }
    }

    /** A table of the catalog. */
    @Variant("table")
    record Table(
            @Description("name of a table in the catalog, with its schema and catalog where needed")
            String table,

            @Description("column with the time at which a row happened")
            Optional<String> eventTime,

            @Description(SourceKeys.KNOWN_AT) @Default("{}") @LoneKey(ALL_COLUMNS)
            Map<String, String> knownAt,

            @Description(SourceKeys.PRIVATE) @Default("{}") @Key("private")
            Map<String, Privacy> privacy,

            @Description(SourceKeys.TESTS) @Default("[]") List<TestConfig> tests)
            implements SourceConfig {
        public Table {
            knownAt = Collections.unmodifiableMap(new LinkedHashMap<>(knownAt));
            privacy = Collections.unmodifiableMap(new LinkedHashMap<>(privacy));
            tests = List.copyOf(tests);
        }
    }

    /** A query over the catalog. */
    @Variant("sql")
    record Query(
            @Description("query over tables of the catalog") String sql,

            @Description("column with the time at which a row happened")
            Optional<String> eventTime,

            @Description(SourceKeys.KNOWN_AT) @Default("{}") @LoneKey(ALL_COLUMNS)
            Map<String, String> knownAt,

            @Description(SourceKeys.PRIVATE) @Default("{}") @Key("private")
            Map<String, Privacy> privacy,

            @Description(SourceKeys.TESTS) @Default("[]") List<TestConfig> tests)
            implements SourceConfig {
        public Query {
            knownAt = Collections.unmodifiableMap(new LinkedHashMap<>(knownAt));
            privacy = Collections.unmodifiableMap(new LinkedHashMap<>(privacy));
            tests = List.copyOf(tests);
        }
    }
}
