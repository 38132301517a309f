package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

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

/** Rows of a source, or its entities, with the features of a model, for scoring: no label, no split. */
public final class FeatureRows implements AutoCloseable {
    private static final int SEMANTICS = 2;

    private final SparkSession spark;
    private final OpenSources sources;
    private final TimedRows source;
    private final Optional<NewestRows> entities;
    private final List<FeatureTable> tables;

    private FeatureRows(
            SparkSession spark,
            OpenSources sources,
            TimedRows source,
            Optional<NewestRows> entities,
            List<FeatureTable> tables) {
        this.spark = spark;
        this.sources = sources;
        this.source = source;
        this.entities = entities;
        this.tables = tables;
    }

    /**
     * Opens the rows, and builds the feature tables of the views.
     *
     * @param entity columns of which each combination of values gets one row, as of the logical time; without any, each row stays as it is
     * @param asOf rows whose event time is not before it are left out, if the source declares one
     */
    static FeatureRows of(
            SparkSession spark,
            FeatureStore store,
            Source source,
            List<String> entity,
            List<View> views,
            Optional<Instant> asOf) {
        OpenSources open = store.open(asOf);
        boolean made = false;
        try {
            TimedRows rows = open.open(source);
            Optional<NewestRows> entities = entity.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new NewestRows(rows, columns(rows, entity), asOf.orElseThrow()));
            List<FeatureTable> tables =
                    views.stream().map(view -> store.build(view, open)).toList();
            made = true;
            return new FeatureRows(spark, open, rows, entities, tables);
        } finally {
            if (!made) {
                open.close();
            }
        }
    }

    private static List<String> columns(TimedRows rows, List<String> entity) {
        SourceColumns known = rows.columns();
        return entity.stream()
                .map(name -> known.require("tell the entities of scored rows by '%s'".formatted(name), name))
                .toList();
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
        entities.ifPresent(
                newest -> fingerprint.addAll("entity", newest.entity()).add("at", newest.at()));
        tables.forEach(table -> fingerprint
                .add("view", ViewFingerprint.ofFeatures(table.view()))
                .add("table", table.commit().table().fingerprint()));
        return fingerprint.hex();
    }

    /** The feature tables of the views, in the versions that are joined. */
    public List<Input> inputs() {
        return tables.stream().map(FeatureTable::input).toList();
    }

    /** Rows that have not changed may have become too old by that: as {@code freshness} tests of the source say. */
    public void requireFresh() {
        sources.requireFresh(source.source());
    }

    /**
     * Tests the rows, and computes the features of those that pass. They can be read until this is closed.
     *
     * @param expressions SQL over one row by the feature's name
     * @param key the column that identifies a row; without it the whole row does, and an entity is always identified by its own columns
     * @param taken names that no column of the identity may have
     * @throws io.trainyard.features.source.SourceException if a feature cannot be computed from this source
     */
    public Selected select(Map<String, String> expressions, Optional<String> key, Set<String> taken) {
        SourceColumns known = source.columns();
        List<String> originals = entities.map(NewestRows::entity)
                .or(() -> key.map(name -> List.of(known.require("use key '%s' of scored rows".formatted(name), name))))
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
        columns.addAll(views.keys()
                .columns(source, entities.map(newest -> lit(newest.at())).or(source::time)));
        features.addAll(views.features());
        return new Selected(
                views.join(usable().select(columns.toArray(Column[]::new))),
                originals.stream().map(identity::get).toList(),
                features);
    }

    /** Those that pass the tests and are known by the logical time; of each entity the newest. */
    private Dataset<Row> usable() {
        Dataset<Row> known = sources.tested(source.source())
                .rows()
                .rows()
                .where(source.reason().isNull());
        return entities.map(newest -> newest.of(known)).orElse(known);
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
