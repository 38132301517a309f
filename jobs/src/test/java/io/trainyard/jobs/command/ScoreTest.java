package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a table of predictions can hold beside the predictions. */
@ExtendWith(SparkExtension.class)
class ScoreTest {
    private static final int NEW_ROWS = 50;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    ScoreTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aChallengerPredictsTheSameRowsBesideTheChampion() throws IOException {
        Workspace workspace = orders();
        Path pipeline = workspace.pipeline(orders("{amount: amount, items: items}"));
        assertDone(Program.run("train", pipeline));
        Answer alone = Program.run("score", pipeline, "--set", "score.shadow=challenger");
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err())
                .contains("Cannot compare version 1 with orders@challenger: no version holds this alias");
        workspace.pipeline(orders("{amount: amount > 100, items: items, country: country}"));
        assertDone(Program.run("train", pipeline, "--set", "register.alias=challenger"));

        Answer scored = Program.run("score", pipeline, "--set", "score.shadow=challenger", "--json");

        assertDone(scored);
        assertThat(scored.err()).contains("with version 1, and version 2 in its shadow,");
        assertThat(scored.json().at("/shadow_version").asInt()).isEqualTo(2);
        Dataset<Row> both = predictions(workspace.warehouse()).persist();
        assertThat(both.count()).as("one row for each").isEqualTo(NEW_ROWS);
        assertThat(both.select("model_version", "shadow_version").distinct().collectAsList())
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.mkString(" ")).isEqualTo("1 2"));
        assertThat(Program.run("score", pipeline, "--set", "score.shadow=2", "--json")
                        .json()
                        .at("/reused")
                        .asBoolean())
                .as("the same version by its number")
                .isTrue();
        Map<Long, Double> champion = probabilities(both, "probability");
        Map<Long, Double> challenger = probabilities(both, "shadow_probability");
        both.unpersist();
        assertThat(challenger).isNotEqualTo(champion);
        assertDone(Program.run("score", pipeline));
        assertThat(probabilities(predictions(workspace.warehouse()), "probability"))
                .isEqualTo(champion);
        assertDone(Program.run("score", pipeline, "--model", "orders@challenger"));
        assertThat(probabilities(predictions(workspace.warehouse()), "probability"))
                .isEqualTo(challenger);
    }

    @Test
    void contributionsAndBiasAddUpToTheMargin() throws IOException {
        Workspace workspace = orders();
        Path pipeline = workspace.pipeline(orders("[amount, items, country, member]"));
        assertDone(Program.run("train", pipeline));

        assertDone(Program.run("score", pipeline, "--set", "score.contributions=true"));

        List<Row> rows = predictions(workspace.warehouse()).collectAsList();
        assertThat(rows).hasSize(NEW_ROWS).allSatisfy(row -> {
            Map<String, Double> contributions = row.getJavaMap(row.fieldIndex("contributions"));
            assertThat(contributions).containsOnlyKeys("amount", "items", "country", "member");
            double probability = row.getAs("probability");
            double margin = contributions.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum()
                    + row.<Double>getAs("bias");
            assertThat(margin).isCloseTo(Math.log(probability / (1 - probability)), within(1e-4));
        });
        assertThat(rows.stream()
                        .map(row -> row.getJavaMap(row.fieldIndex("contributions")))
                        .distinct())
                .hasSizeGreaterThan(NEW_ROWS / 2);
    }

    @Test
    void whatOnlyBoostersHaveIsRefusedOfOthers() throws IOException {
        Visits visits = Visits.in(folder, spark);
        Path pipeline = visits.pipeline("score: {rows: visits, to: predictions, contributions: true}\n");
        assertDone(Program.run("train", pipeline, "--as-of", "2026-02-12"));

        Answer refused = Program.run("score", pipeline, "--as-of", "2026-02-12");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "Cannot explain the predictions of version 1 of visits: it is a logistic_regression, and only XGBoost's models have contributions");
        assertEveryEntityIsScoredAsOfTheMoment(visits);
    }

    private void assertEveryEntityIsScoredAsOfTheMoment(Visits visits) throws IOException {
        Path pipeline = visits.pipeline("score: {rows: visits, entities: customer, to: predictions}\n");

        Answer scored = Program.run("score", pipeline, "--as-of", "2026-02-12T12:00:00Z", "--json");

        assertDone(scored);
        assertThat(scored.json().at("/rows").asInt()).isEqualTo(50);
        Dataset<Row> predictions = predictions(folder.resolve("warehouse"));
        assertThat(predictions.columns())
                .containsExactly(
                        "customer",
                        "prediction",
                        "probability",
                        "model",
                        "model_version",
                        "feature_versions",
                        "as_of",
                        "scored_at");
        assertThat(predictions.select("customer").distinct().count()).isEqualTo(50);
        Row row = predictions.first();
        assertThat(row.<Timestamp>getAs("as_of").toInstant()).isEqualTo("2026-02-12T12:00:00Z");
        assertThat(row.<Timestamp>getAs("scored_at").toInstant())
                .isBetween(Instant.parse("2026-01-01T00:00:00Z"), Instant.now());
        Map<String, Long> versions = row.getJavaMap(row.fieldIndex("feature_versions"));
        assertThat(versions).containsOnlyKeys("customer");
        assertThat(spark.read()
                        .format("delta")
                        .option("versionAsOf", versions.get("customer"))
                        .load(folder.resolve("warehouse/features/customer").toString())
                        .count())
                .as("visits before that noon")
                .isEqualTo(spark.read()
                        .parquet(folder.resolve("visits").toString())
                        .where("at < '2026-02-12 12:00:00'")
                        .count());
        assertThat(reused(pipeline, "2026-02-12T12:00:00Z")).isTrue();
        assertThat(reused(pipeline, "2026-02-12T12:01:00Z")).isFalse();
    }

    private static boolean reused(Path pipeline, String asOf) throws IOException {
        Answer answer = Program.run("score", pipeline, "--as-of", asOf, "--json", "--debug");
        assertDone(answer);
        return answer.json().at("/reused").asBoolean();
    }

    private Workspace orders() {
        Workspace workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 600), 2);
        workspace.newOrders(spark, Orders.rows(10_000, NEW_ROWS));
        return workspace;
    }

    private static String orders(String features) {
        return """
                training: {rows: orders, key: order_id, label: returned, features: %s}
                search: {trials: 1, rounds: 10}
                """.formatted(features);
    }

    private static void assertDone(Answer answer) {
        assertThat(answer.code()).as(answer.err()).isZero();
    }

    private Dataset<Row> predictions(Path warehouse) {
        return spark.read()
                .format("delta")
                .load(warehouse.resolve("predictions").toString());
    }

    private static Map<Long, Double> probabilities(Dataset<Row> predictions, String column) {
        Map<Long, Double> probabilities = new HashMap<>();
        predictions.collectAsList().forEach(row -> probabilities.put(row.getAs("order_id"), row.getAs(column)));
        return probabilities;
    }
}
