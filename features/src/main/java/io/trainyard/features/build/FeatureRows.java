package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows of a source with the features of a model, for scoring: no label, no split. */
public final class FeatureRows implements AutoCloseable {
    private static final int SEMANTICS = 2;

    private final SparkSession spark;
    private final OpenSources sources;
    private final TimedRows source;
    private final List<FeatureTable> tables;

    private FeatureRows(SparkSession spark, OpenSources sources, TimedRows source, List<FeatureTable> tables) {
        this.spark = spark;
        this.sources = sources;
        this.source = source;
        this.tables = tables;
    }

    /**
     * Opens the rows, and builds the feature tables of the views.
     *
     * @param asOf rows whose event time is not before it are left out, if the source declares one
     */
    static FeatureRows of(
            SparkSession spark, FeatureStore store, Source source, List<View> views, Optional<Instant> asOf) {
        OpenSources open = store.open(asOf);
        boolean made = false;
        try {
            TimedRows rows = open.open(source);
            List<FeatureTable> tables =
                    views.stream().map(view -> store.build(view, open)).toList();
            made = true;
            return new FeatureRows(spark, open, rows, tables);
        } finally {
            if (!made) {
                open.close();
            }
        }
    }

    /**
     * The rows, to be scored.
     *
     * @param identity columns of {@code rows} that say which row it is
     * @param features in which column of {@code rows} each feature is
     */
    public record Selected(Dataset<Row> rows, List<String> identity, List<FeatureColumn> features) {
        public Selected {
            identity = List.copyOf(identity);
            features = List.copyOf(features);
        }
    }

    /** Hash over what determines the rows. */
    public String fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("feature rows", SEMANTICS)
                .add("source", source.snapshot().fingerprint().hash())
                .addAll("tests", ViewFingerprint.tests(source.source().tests()))
                .addAll("references", sources.references(source.source().tests()));
        source.bound().ifPresent(bound -> fingerprint.add("as of", bound));
        tables.forEach(table -> fingerprint
                .add("view", ViewFingerprint.ofFeatures(table.view()))
                .add("table", table.commit().table().fingerprint()));
        return fingerprint.hex();
    }

    /** Rows that have not changed may have become too old by that: as {@code freshness} tests of the source say. */
    public void requireFresh() {
        sources.requireFresh(source.source());
    }

    /**
     * Tests the rows, and computes the features of those that pass. They can be read until this is closed.
     *
     * @param expressions SQL over one row by the feature's name
     * @param key the column that identifies a row; without it the whole row does
     * @param taken names that no column of the identity may have
     * @throws io.trainyard.features.source.SourceException if a feature cannot be computed from this source
     */
    public Selected select(Map<String, String> expressions, Optional<String> key, Set<String> taken) {
        SourceColumns known = source.columns();
        List<String> originals = key.map(
                        name -> List.of(known.require("use key '%s' of scored rows".formatted(name), name)))
                .orElse(known.names());
        Map<String, String> identity = PhysicalNames.of(originals, taken);
        List<Column> columns = new ArrayList<>();
        originals.forEach(name -> columns.add(col(SourceColumns.quoted(name)).as(identity.get(name))));
        List<FeatureColumn> features = new ArrayList<>();
        expressions.forEach((name, sql) -> {
            FeatureColumn feature =
                    new FeatureColumn(name, column(features.size()), FeatureSelection.kind(name, sql, source));
            features.add(feature);
            columns.add(feature.value(sql));
        });
        JoinedViews views = views(features.size());
        columns.addAll(views.keys().columns(source));
        features.addAll(views.features());
        Dataset<Row> tested = sources.tested(source.source()).rows().rows();
        Dataset<Row> rows = tested.where(source.reason().isNull()).select(columns.toArray(Column[]::new));
        return new Selected(
                views.join(rows), originals.stream().map(identity::get).toList(), features);
    }

    private JoinedViews views(int first) {
        List<View> views = tables.stream().map(FeatureTable::view).toList();
        Map<String, String> columns = new HashMap<>();
        views.forEach(view -> view.features().forEach(name -> columns.put(name, column(first + columns.size()))));
        return new JoinedViews(spark, ViewKeys.of(views), tables, columns);
    }

    private static String column(int number) {
        return "_feature_" + number;
    }

    @Override
    public void close() {
        sources.close();
    }
}
