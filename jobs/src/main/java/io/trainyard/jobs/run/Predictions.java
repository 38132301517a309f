package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.struct;

import io.trainyard.features.build.FeatureRows;
import io.trainyard.features.build.Input;
import io.trainyard.tuning.learner.SparkLearner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What one or two models say of rows whose features are computed once.
 *
 * @param key the column that identifies a row; without it the whole row does
 * @param contributions whether the first model, which explains itself then, says what its predictions are made of
 * @param asOf the logical time
 * @param now when the rows are scored
 */
record Predictions(
        ScoringModel model,
        Optional<ScoringModel> shadow,
        Optional<String> key,
        boolean contributions,
        Instant asOf,
        Instant now) {
    /** What the table says itself; a column of the rows that has such a name gets another there. */
    private static final Set<String> OWN_COLUMNS = Set.of(
            "prediction",
            "probability",
            "contributions",
            "bias",
            "shadow_prediction",
            "shadow_probability",
            "shadow_version",
            "model",
            "model_version",
            "feature_versions",
            "as_of",
            "scored_at");

    private static final String ROW = "_row";
    private static final String SAID = "_said_";
    private static final String SHADOW_FEATURES = "_shadow_features";

    /** The key or, without one, the whole row, then what the models say, then which models and features they were. */
    Dataset<Row> of(FeatureRows rows) {
        SharedExpressions expressions = SharedExpressions.of(
                model.features().expressions(),
                shadow.map(second -> second.features().expressions()).orElse(Map.of()));
        FeatureRows.Selected selected = rows.select(expressions.expressions(), key, OWN_COLUMNS);
        Column identity = struct(
                selected.identity().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new));
        List<Column> kept = new ArrayList<>(List.of(identity.as(ROW)));
        shadow.ifPresent(second -> kept.add(second.scorer()
                .encoded(expressions.ofSecond(selected.features()))
                .as(SHADOW_FEATURES)));
        Map<String, Column> said = said();
        List<Column> first = new ArrayList<>(List.of(col(ROW)));
        said.forEach((name, column) -> first.add(column.as(SAID + name)));
        shadow.ifPresent(second -> first.add(col(SHADOW_FEATURES).as(SparkLearner.FEATURES)));
        Dataset<Row> predicted = model.scorer()
                .predict(selected.rows(), selected.features(), kept.toArray(Column[]::new))
                .select(first.toArray(Column[]::new));
        return shadow.map(second -> second.scorer().predict(predicted))
                .orElse(predicted)
                .select(columns(selected.identity(), said.keySet(), rows.inputs()));
    }

    /** What the first model says, by the name of the column. */
    private Map<String, Column> said() {
        Scorer scorer = model.scorer();
        Map<String, Column> said = new LinkedHashMap<>();
        said.put("prediction", scorer.prediction());
        if (scorer.predictsClasses()) {
            said.put("probability", scorer.probability());
        }
        if (contributions) {
            said.put("contributions", scorer.contributions().getField("features"));
            said.put("bias", scorer.contributions().getField("bias"));
        }
        return said;
    }

    private Column[] columns(List<String> identity, Set<String> said, List<Input> inputs) {
        List<Column> columns = new ArrayList<>();
        identity.forEach(name -> columns.add(col(ROW).getField(name).as(name)));
        said.forEach(name -> columns.add(col(SAID + name).as(name)));
        shadow.ifPresent(second -> columns.addAll(shadowed(second)));
        columns.add(lit(model.version().model()).as("model"));
        columns.add(lit(model.version().number()).as("model_version"));
        columns.add(versions(inputs).as("feature_versions"));
        columns.add(lit(asOf).as("as_of"));
        columns.add(lit(now).as("scored_at"));
        return columns.toArray(Column[]::new);
    }

    private static List<Column> shadowed(ScoringModel second) {
        Scorer scorer = second.scorer();
        List<Column> columns = new ArrayList<>(List.of(scorer.prediction().as("shadow_prediction")));
        if (scorer.predictsClasses()) {
            columns.add(scorer.probability().as("shadow_probability"));
        }
        columns.add(lit(second.version().number()).as("shadow_version"));
        return columns;
    }

    /** Delta's version of each view's feature table by the view's name. */
    private static Column versions(List<Input> inputs) {
        Column[] entries = inputs.stream()
                .flatMap(input ->
                        Stream.of(lit(input.source()), lit(input.version().orElseThrow())))
                .toArray(Column[]::new);
        return map(entries).cast(DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType));
    }
}
