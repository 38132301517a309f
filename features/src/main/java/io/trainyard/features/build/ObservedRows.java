package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.trainyard.features.quality.TestReport;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.TrainingDefinition;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows of a source as a model meets them, with the labels that are known by a moment: what a model is watched by. Each has the features as
 * of its own event time, whatever became known since.
 */
public final class ObservedRows implements AutoCloseable {
    /** When a row happened, a timestamp. */
    public static final String HAPPENED = "_happened";

    /** When a row was known, a timestamp: never before it happened. */
    public static final String ARRIVED = "_arrived";

    /** When a row's label was known, a timestamp; null for never. */
    public static final String LABEL_KNOWN = "_label_known";

    private static final int SEMANTICS = 1;

    private final SparkSession spark;
    private final OpenSources sources;
    private final TimedRows source;
    private final TrainingDefinition definition;
    private final List<FeatureTable> tables;

    private ObservedRows(
            SparkSession spark,
            OpenSources sources,
            TimedRows source,
            TrainingDefinition definition,
            List<FeatureTable> tables) {
        this.spark = spark;
        this.sources = sources;
        this.source = source;
        this.definition = definition;
        this.tables = tables;
    }

    static ObservedRows of(SparkSession spark, FeatureStore store, TrainingDefinition definition, Instant asOf) {
        OpenSources open = store.open(Optional.of(asOf));
        boolean made = false;
        try {
            TimedRows rows = open.open(definition.rows());
            List<FeatureTable> tables = definition.views().stream()
                    .map(view -> store.build(view, open))
                    .toList();
            made = true;
            return new ObservedRows(spark, open, rows, definition, tables);
        } finally {
            if (!made) {
                open.close();
            }
        }
    }

    /** Hash over what determines the rows, and which of their labels are known. */
    public String fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("observed rows", SEMANTICS)
                .add("source", source.snapshot().fingerprint().hash())
                .addAll("tests", ViewFingerprint.tests(source.source().tests()))
                .addAll("references", sources.references(source.source().tests()));
        fingerprint.add("label", definition.label());
        definition.key().ifPresent(key -> fingerprint.add("key", key));
        definition.weight().ifPresent(weight -> fingerprint.add("weight", weight));
        definition.exposure().ifPresent(exposure -> fingerprint.add("exposure", exposure));
        definition.group().ifPresent(group -> fingerprint.add("group", group));
        definition.unit().ifPresent(unit -> fingerprint.add("unit", unit));
        source.bound().ifPresent(bound -> fingerprint.add("as of", bound));
        labelBound().ifPresent(bound -> fingerprint.add("labels by", bound));
        tables.forEach(table -> fingerprint
                .add("view", ViewFingerprint.ofFeatures(table.view()))
                .add("table", table.commit().table().fingerprint()));
        return fingerprint.hex();
    }

    /** Names of the sources behind the rows and their views that say when a row happened. */
    public List<String> timedSources() {
        return behind().filter(behind -> behind.eventTime().isPresent())
                .map(Source::name)
                .toList();
    }

    /**
     * When the newest row of a source happened that is known by the logical time; empty without any. Reads the source's times.
     *
     * @param name one of {@link #timedSources}
     */
    public Optional<Instant> newest(String name) {
        TimedRows rows = sources.open(behind().filter(behind -> behind.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'%s' is no source behind these rows".formatted(name))));
        Timestamp newest = rows.rows()
                .where(rows.reason().isNull())
                .agg(max(rows.time().orElseThrow()).as("newest"))
                .first()
                .getAs("newest");
        return Optional.ofNullable(newest).map(Timestamp::toInstant);
    }

    private Stream<Source> behind() {
        return Stream.concat(
                        Stream.of(source.source()),
                        tables.stream().map(table -> table.view().source()))
                .distinct();
    }

    /** What the tests found in the versions of the feature tables, in the sources of these, and in the rows' own source. */
    public List<TestReport> reports() {
        Map<String, TestReport> reports = new LinkedHashMap<>();
        tables.forEach(table -> table.reports().forEach(report -> reports.putIfAbsent(report.table(), report)));
        if (!source.source().tests().isEmpty()
                && !reports.containsKey(source.source().name())) {
            TestReport own = sources.tested(source.source()).report();
            reports.put(own.table(), own);
        }
        return List.copyOf(reports.values());
    }

    private Optional<Instant> labelBound() {
        return LabelTime.bound(definition, source, sources.asOf());
    }

    /**
     * Rows with {@link TrainingSet#KEY}, {@link TrainingSet#LABEL}, {@link TrainingSet#WEIGHT}, {@link #HAPPENED},
     * {@link #ARRIVED}, {@link #LABEL_KNOWN}, group and unit where they are declared, and the features.
     *
     * @param features in which column each is
     */
    public record Selected(Dataset<Row> rows, List<FeatureColumn> features) {
        public Selected {
            features = List.copyOf(features);
        }
    }

    /**
     * Tests the source, and computes the features of rows of a stretch of event time that pass. They can be read until this is closed.
     *
     * @param expressions SQL over one row by the feature's name, of features that no view makes
     * @param from the first moment of the stretch
     * @param to the first moment after it
     * @throws io.trainyard.features.source.SourceException if a feature cannot be computed from this source
     */
    public Selected select(Map<String, String> expressions, Instant from, Instant to) {
        return select(sources.tested(source.source()).rows(), expressions, from, to);
    }

    /** As {@link #select(Map, Instant, Instant)}, with the features that the definition has: the declared ones, or all columns without a role. */
    public Selected select(Instant from, Instant to) {
        TimedRows tested = sources.tested(source.source()).rows();
        return select(tested, FeatureSelection.of(definition, tested).expressions(), from, to);
    }

    private Selected select(TimedRows tested, Map<String, String> expressions, Instant from, Instant to) {
        FeatureSelection selection = new FeatureSelection(expressions, columns(expressions));
        Examples examples = Examples.of(definition, tested, selection, labelBound());
        Dataset<Row> rows = examples.observed()
                .where(col(HAPPENED).geq(lit(from)).and(col(HAPPENED).lt(lit(to))));
        JoinedViews views = new JoinedViews(spark, ViewKeys.of(definition.views()), tables, selection.columns());
        List<FeatureColumn> features = new ArrayList<>(examples.features());
        features.addAll(views.features());
        return new Selected(views.join(rows), features);
    }

    /** By number: names that a model has are of no use as columns. */
    private Map<String, String> columns(Map<String, String> expressions) {
        List<String> names = new ArrayList<>(expressions.keySet());
        definition.views().forEach(view -> names.addAll(view.features()));
        Map<String, String> columns = new HashMap<>();
        names.forEach(name -> columns.put(name, "_feature_" + columns.size()));
        return columns;
    }

    @Override
    public void close() {
        sources.close();
    }
}
