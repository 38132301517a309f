package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies over folds, models of several trials, and every kind of model from training to predictions. */
@ExtendWith(SparkExtension.class)
class FoldsAndEnsemblesTest {
    private static final int NEW_ROWS = 20;

    private final SparkSession spark;
    private Workspace workspace;

    FoldsAndEnsemblesTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void fill(@TempDir Path folder) {
        workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 600), 2);
        workspace.newOrders(spark, Orders.rows(10_000, NEW_ROWS));
    }

    @Test
    void oneModelOfTheBestTrialsOverFoldsIsAsGoodAsAnyOther() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days],
                           split: {by: hash, folds: 3, stratify: true}}
                search: {learners: [xgboost, decision_tree], trials: 8, rounds: 30, seed: 3, pruner: forgiving,
                         ensemble: 4, calibrate: true}
                """);

        Answer first = Program.run("run", pipeline, "--json");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err())
                .contains("in each of 3 folds of the search", "columns in each of 3 folds", "to calibrate");
        assertThat(first.json().at("/version/test/roc_auc/value").asDouble()).isBetween(0.75, 1.0);
        assertThat(first.json().at("/version/params").has("calibration.slope")).isTrue();
        assertThat(first.json().at("/score/rows").asInt()).isEqualTo(NEW_ROWS);
        assertThat(Program.run("models", "verify", pipeline).code()).isZero();
        JsonNode importance =
                Program.run("models", "show", pipeline, "--json").json().at("/importance");
        assertThat(importance).isNotEmpty();
        assertThat(importance.get(0).at("/contribution").asDouble())
                .isGreaterThan(importance
                        .get(importance.size() - 1)
                        .at("/contribution")
                        .asDouble());
        assertThat(Program.run("study", "verify", pipeline).code()).isZero();
        assertThat(Program.run("run", pipeline, "--json").json().at("/reused").asBoolean())
                .isTrue();
    }

    /** One without probabilities of its own, one with nothing to search, and one like the others. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"linear_svc", "naive_bayes", "gbt"})
    void modelsOfMllibAreRegisteredLoadedAndScored(String learner) throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {learners: [%s], trials: 1}
                """.formatted(learner));

        Answer answer = Program.run("run", pipeline, "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.json().at("/version/learner").asText()).isEqualTo(learner);
        assertThat(answer.json().at("/version/test/roc_auc/value").asDouble()).isBetween(0.6, 1.0);
        assertThat(spark.read()
                        .format("delta")
                        .load(workspace.warehouse().resolve("predictions").toString())
                        .filter("(probability > 0.5) = (prediction = 'yes')")
                        .count())
                .isEqualTo(NEW_ROWS);
    }

    @Test
    void countsAreLearntByTwoFamilies() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: days, task: poisson, drop: [returned, status]}
                search: {learners: [xgboost, generalized_linear_regression], trials: 4, rounds: 20}
                """);

        Answer answer = Program.run("run", pipeline, "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("poisson: 'days', a number");
        assertThat(answer.json().at("/version/test/poisson_deviance/value").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(spark.read()
                        .format("delta")
                        .load(workspace.warehouse().resolve("predictions").toString())
                        .filter("prediction > 0")
                        .count())
                .isEqualTo(NEW_ROWS);
    }

    @Test
    void anotherQuantileIsAnotherStudyAndAnotherModel() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: days, task: quantile, drop: [returned, status]}
                search: {trials: 1, rounds: 20}
                """);

        Answer median = Program.run("train", pipeline, "--json");
        Answer high = Program.run("train", pipeline, "--json", "--set", "training.quantile=0.9");

        assertThat(median.code()).as(median.err()).isZero();
        assertThat(high.code()).as(high.err()).isZero();
        assertThat(high.json().at("/study/name")).isNotEqualTo(median.json().at("/study/name"));
        assertThat(high.json().at("/version/version").asInt()).isEqualTo(2);
        assertThat(high.json().at("/version/digest")).isNotEqualTo(median.json().at("/version/digest"));
    }
}
