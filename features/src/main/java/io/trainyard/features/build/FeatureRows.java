package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Rows of a source with the features of a model, for scoring: no label, no split. */
public final class FeatureRows {
    private static final int SEMANTICS = 1;

    private final TimedRows source;

    private FeatureRows(TimedRows source) {
        this.source = source;
    }

    /** @param asOf rows whose event time is not before it are left out, if the source declares one */
    public static FeatureRows of(SourceReader reader, Source source, Optional<Instant> asOf) {
        return new FeatureRows(TimedRows.of(reader.snapshot(source), asOf));
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
                .add("source", source.snapshot().fingerprint().hash());
        source.source().eventTime().ifPresent(column -> fingerprint.add("event time", column));
        source.bound().ifPresent(bound -> fingerprint.add("as of", bound));
        return fingerprint.hex();
    }

    /**
     * Computes the features.
     *
     * @param expressions SQL over one row by the feature's name
     * @param key the column that identifies a row; without it the whole row does
     * @throws io.trainyard.features.source.SourceException if a feature cannot be computed from this source
     */
    public Selected select(Map<String, String> expressions, Optional<String> key) {
        SourceColumns known = source.columns();
        List<String> originals = key.map(
                        name -> List.of(known.require("use key '%s' of scored rows".formatted(name), name)))
                .orElse(known.names());
        Map<String, String> identity = PhysicalNames.of(originals);
        List<Column> columns = new ArrayList<>();
        originals.forEach(name -> columns.add(col(SourceColumns.quoted(name)).as(identity.get(name))));
        List<FeatureColumn> features = new ArrayList<>();
        expressions.forEach((name, sql) -> {
            DataType type = RowExpression.of(name, sql).typeOver(source.rows(), known);
            FeatureColumn.Kind kind = FeatureColumn.Kind.of(type).orElse(FeatureColumn.Kind.TIMESTAMP);
            FeatureColumn feature = new FeatureColumn(name, "_feature_" + features.size(), kind);
            features.add(feature);
            // An expression can make a timestamp without a zone, as in training.
            Column value =
                    type.equals(DataTypes.TimestampNTZType) ? expr(sql).cast(DataTypes.TimestampType) : expr(sql);
            columns.add(value.as(feature.column()));
        });
        Dataset<Row> rows = source.rows().where(source.reason().isNull()).select(columns.toArray(Column[]::new));
        return new Selected(rows, originals.stream().map(identity::get).toList(), features);
    }
}
