package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of files to a registered model and its predictions, as a user's shell sees it. */
@ExtendWith(SparkExtension.class)
class MainJobTest {
    private static final int ROWS = 600;
    private static final int NEW_ROWS = 50;

    private final SparkSession spark;
    private Workspace workspace;

    MainJobTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void fill(@TempDir Path folder) {
        workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, ROWS), 2);
        workspace.newOrders(spark, Orders.rows(10_000, NEW_ROWS));
    }

    @Test
    void aSecondRunFindsEverythingDone() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search:
                  learners: [xgboost, logistic_regression, random_forest]
                  trials: 5
                  rounds: 30
                  seed: 3
                  space: {random_forest: {num_trees: 5, max_depth: 4}}
                register: {promote_if: [{min: {roc_auc: 0.6}}]}
                """);

        Answer first = Program.run("run", pipeline, "--json");
        assertThat(first.code()).as(first.err()).isZero();
        List<Trial> trials = workspace.trials();
        Answer second = Program.run("run", pipeline, "--json");
        assertThat(second.code()).as(second.err()).isZero();

        JsonNode trained = first.json();
        assertThat(trained.at("/training_set/rows").asInt()).isEqualTo(ROWS);
        assertThat(trained.at("/study/trials").asInt()).isEqualTo(5);
        assertThat(trained.at("/version/test/roc_auc/value").asDouble()).isBetween(0.75, 1.0);
        assertThat(trained.at("/reused").asBoolean()).isFalse();
        assertThat(trained.at("/alias").asText()).isEqualTo("champion");
        assertThat(trained.at("/score/rows").asInt()).isEqualTo(NEW_ROWS);
        assertThat(trials)
                .extracting(trial -> trial.params().text("learner"))
                .contains("xgboost", "logistic_regression", "random_forest");

        JsonNode again = second.json();
        for (String stage : List.of("/training_set", "", "/score")) {
            assertThat(again.at(stage + "/reused").asBoolean()).as(stage).isTrue();
        }
        for (String same : List.of("/training_set/version", "/version", "/study", "/alias", "/score/table_version")) {
            assertThat(again.at(same)).as(same).isEqualTo(trained.at(same));
        }
        assertThat(second.err())
                .contains(
                        "nothing to build",
                        "nothing to search: all 5 trials",
                        "nothing to fit: this model is version 1 of orders",
                        "nothing to promote: champion is version 1 already",
                        "nothing to score");
        assertThat(workspace.trials()).isEqualTo(trials);
        assertThat(Program.run("study", "verify", pipeline).out())
                .contains("all 5 suggestions follow from the journal");
        assertThat(workspace.registry().model("orders").orElseThrow().versions())
                .hasSize(1);
    }

    @Test
    void predictionsCarryKeyClassProbabilityAndVersion() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: 1, rounds: 10}
                """);

        assertThat(Program.run("run", pipeline).code()).isZero();

        Dataset<Row> predictions = predictions();
        assertThat(predictions.columns())
                .containsExactly(
                        "order_id",
                        "prediction",
                        "probability",
                        "model",
                        "model_version",
                        "feature_versions",
                        "as_of",
                        "scored_at");
        assertThat(predictions.collectAsList()).hasSize(NEW_ROWS).allSatisfy(row -> {
            double probability = row.getAs("probability");
            assertThat(probability).isBetween(0.0, 1.0);
            assertThat(row.<String>getAs("prediction")).isEqualTo(probability > 0.5 ? "yes" : "no");
            assertThat(row.<String>getAs("model")).isEqualTo("orders");
            assertThat(row.<Integer>getAs("model_version")).isEqualTo(1);
        });
        assertThat(predictions.select("order_id").distinct().count()).isEqualTo(NEW_ROWS);
    }

    @Test
    void learnsSeveralClasses() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: status, drop: [returned, days]}
                search: {learners: [xgboost, logistic_regression], trials: 4, rounds: 20}
                register: {promote_if: [{max: {log_loss: 1.0}}]}
                """);

        Answer answer = Program.run("run", pipeline, "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("multiclass: 'status' is one of 3 classes");
        assertThat(answer.json().at("/version/test/accuracy/value").asDouble()).isGreaterThan(0.5);
        assertThat(predictions().collectAsList()).hasSize(NEW_ROWS).allSatisfy(row -> {
            List<Double> probabilities = row.getList(row.fieldIndex("probability"));
            assertThat(probabilities.stream().mapToDouble(Double::doubleValue).sum())
                    .isCloseTo(1, within(1e-6));
            List<String> classes = List.of("early", "late", "on time");
            assertThat(row.<String>getAs("prediction"))
                    .isEqualTo(classes.get(probabilities.indexOf(
                            probabilities.stream().max(Double::compare).orElseThrow())));
        });
    }

    @Test
    void learnsANumberAndKeepsWhatFailsItsGateFromProduction() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: days, drop: [returned, status]}
                search: {learners: [xgboost, linear_regression, random_forest], trials: 4, rounds: 20,
                         space: {random_forest: {num_trees: 5, max_depth: 4}}}
                register: {promote_if: [{max: {rmse: 0.01}}]}
                """);

        Answer answer = Program.run("run", pipeline, "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.json().at("/version/test/r2/value").asDouble()).isGreaterThan(0.3);
        assertThat(answer.json().has("alias")).isFalse();
        assertThat(answer.json().has("score")).isFalse();
        assertThat(answer.err()).contains("not promoted", "rmse", "nothing scored: no version was promoted");
        Answer score = Program.run("score", pipeline);
        assertThat(score.code()).isEqualTo(2);
        assertThat(score.err()).contains("Cannot score with orders@champion: no version holds this alias; train first");

        assertThat(Program.run("models", "promote", pipeline, "--reason", "reviewed")
                        .code())
                .isZero();
        assertThat(Program.run("score", pipeline).code()).isZero();
        assertThat(predictions().columns()).doesNotContain("probability");
        assertThat(predictions().collectAsList())
                .hasSize(NEW_ROWS)
                .allSatisfy(row -> assertThat(row.<Double>getAs("prediction")).isBetween(5.0, 20.0));
    }

    @Test
    void changedDataMakeAVersionThatIsHeldToTheChampionAndCanBeRolledBack() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: 2, rounds: 20}
                register: {promote_if: [{not_worse_than: champion, margin: 0.5}]}
                """);
        assertThat(Program.run("train", pipeline).code()).isZero();
        workspace.addOrders(spark, Orders.rows(ROWS, 100), 1);

        Answer second = Program.run("train", pipeline, "--json");

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.json().at("/training_set/rows").asInt()).isEqualTo(ROWS + 100);
        assertThat(second.json().at("/training_set/version").asInt()).isEqualTo(1);
        assertThat(second.json().at("/version/version").asInt()).isEqualTo(2);
        assertThat(second.json().at("/gates/0").asText()).contains("champion");
        assertThat(champion()).isEqualTo(2);
        assertThat(Program.run("study", "list", pipeline, "--json").json()).hasSize(2);

        Answer back = Program.run("models", "rollback", pipeline, "--reason", "complaints", "--json");
        assertThat(back.json().at("/version").asInt()).isEqualTo(1);
        assertThat(champion()).isEqualTo(1);
        assertThat(Program.run("models", "list", pipeline, "--json").json().at("/0/versions"))
                .hasSize(2);
    }

    @Test
    void oneChangedByteInABundleIsRefusedByItsFile() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: 1, rounds: 10}
                """);
        assertThat(Program.run("train", pipeline).code()).isZero();
        assertThat(Program.run("models", "verify", pipeline).out()).contains("orders version 1 is intact");

        flipOneByte("model.ubj");

        for (Answer refused : List.of(Program.run("models", "verify", pipeline), Program.run("score", pipeline))) {
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("model.ubj").doesNotContain("\tat ");
        }
        assertThat(workspace.warehouse().resolve("predictions")).doesNotExist();
    }

    private void flipOneByte(String name) throws IOException {
        try (Stream<Path> files = Files.walk(workspace.warehouse().resolve("registry"))) {
            Path file = files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
    }

    private Dataset<Row> predictions() {
        return spark.read()
                .format("delta")
                .load(workspace.warehouse().resolve("predictions").toString());
    }

    private int champion() throws IOException {
        return workspace.registry().byAlias("orders", "champion").orElseThrow().number();
    }
}
