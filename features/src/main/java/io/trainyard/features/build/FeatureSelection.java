package io.trainyard.features.build;

import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.TrainingDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which features a training set has, and how each that is not a view's is computed from one row of a source.
 *
 * @param expressions SQL by the feature's name, in the features' order
 * @param columns the table's column of each feature, those of views after the others
 */
record FeatureSelection(Map<String, String> expressions, Map<String, String> columns) {

    /** The declared features, or all columns of the rows that have no other role. */
    static FeatureSelection of(TrainingDefinition definition, TimedRows rows) {
        SourceColumns source = rows.columns();
        Map<String, String> expressions =
                definition.features().isEmpty() ? remaining(definition, rows) : definition.features();
        List<String> all = new ArrayList<>(expressions.keySet());
        definition.views().forEach(view -> all.addAll(view.features()));
        requireDistinct(definition, all);
        if (all.isEmpty()) {
            throw new SourceException(
                    "Cannot build training set '%s': no column of source '%s' is left to be a feature (there are: %s)"
                            .formatted(definition.name(), source.source().name(), String.join(", ", source.names())));
        }
        return new FeatureSelection(expressions, PhysicalNames.of(all));
    }

    /** The features with the kinds that they have over these rows, all of which can be computed. */
    List<FeatureColumn> resolve(TimedRows rows) {
        List<FeatureColumn> features = new ArrayList<>();
        expressions.forEach(
                (name, sql) -> features.add(new FeatureColumn(name, columns.get(name), kind(name, sql, rows))));
        return features;
    }

    /** The expression of a feature as a column of the table. */
    Column column(FeatureColumn feature) {
        return feature.value(expressions.get(feature.name()));
    }

    /** The kind that an expression has over these rows; refuses one that is of none. */
    static Kind kind(String name, String sql, TimedRows rows) {
        RowExpression expression = RowExpression.ofFeature(name, sql);
        DataType type = expression.typeOver(rows.rows(), rows.columns());
        requireKnown(expression, rows);
        return type.equals(DataTypes.TimestampNTZType)
                ? Kind.TIMESTAMP
                : Kind.of(type).orElseThrow(() -> unsupported(rows, name, type));
    }

    /** What is known only later than its row cannot describe the row. */
    private static void requireKnown(RowExpression expression, TimedRows rows) {
        Map<String, String> later = rows.source().knownAt().columns();
        expression.references(rows.rows()).stream()
                .filter(later::containsKey)
                .findFirst()
                .ifPresent(column -> {
                    throw new SourceException(
                            "Cannot compute %s = %s: column '%s' is known only at %s, after the row itself; use it in a view, which sees it from then on"
                                    .formatted(expression.what(), expression.sql(), column, later.get(column)));
                });
    }

    private static void requireDistinct(TrainingDefinition definition, List<String> features) {
        Set<String> seen = new TreeSet<>();
        features.stream().filter(feature -> !seen.add(feature)).findFirst().ifPresent(feature -> {
            throw new SourceException(
                    "Training set '%s' has two features '%s', a column and a view's; drop the column, or rename what the view makes"
                            .formatted(definition.name(), feature));
        });
    }

    private static SourceException unsupported(TimedRows rows, String name, DataType type) {
        return new SourceException(
                "Cannot use '%s' of source '%s' as a feature: it is of type %s, and no model takes that; drop it, or declare features that compute numbers or texts from it"
                        .formatted(name, rows.source().name(), type.simpleString()));
    }

    private static Map<String, String> remaining(TrainingDefinition definition, TimedRows rows) {
        SourceColumns source = rows.columns();
        Set<String> others = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        others.add(definition.label());
        definition.key().ifPresent(others::add);
        definition.weight().ifPresent(others::add);
        definition.exposure().ifPresent(others::add);
        definition.group().ifPresent(others::add); // An expression is the name of no column.
        definition.unit().ifPresent(others::add);
        definition.rows().eventTime().ifPresent(others::add);
        KnownAt known = definition.rows().knownAt();
        others.addAll(known.columns().keySet());
        Stream.concat(known.rows().stream(), known.columns().values().stream())
                .forEach(sql -> others.addAll(new RowExpression("known_at", sql).references(rows.rows())));
        definition.views().forEach(view -> view.entity().forEach(key -> others.add(key.example())));
        if (definition.split() instanceof Split.TimeSplit time) {
            time.dropKnown().ifPresent(others::add);
        }
        if (definition.split() instanceof Split.HashSplit hash) {
            hash.on().ifPresent(others::add);
        }
        if (definition.split() instanceof Split.ColumnSplit column) {
            others.add(column.column());
        }
        definition
                .drop()
                .forEach(column -> others.add(source.require(
                        "drop '%s' from training set '%s'".formatted(column, definition.name()), column)));
        Map<String, String> expressions = new LinkedHashMap<>();
        for (String name : source.names()) {
            if (!others.contains(name)) {
                expressions.put(name, SourceColumns.quoted(name));
            }
        }
        return expressions;
    }
}
