package io.trainyard.jobs.command;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A version is made again of what its lineage says, and of nothing else. */
@ExtendWith(SparkExtension.class)
class ReproduceTest {
    private static final String BOOSTED = """
            training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
            search: {trials: 2, rounds: 20, seed: 3}
            """;

    private final SparkSession spark;
    private Workspace workspace;

    ReproduceTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void fill(@TempDir Path folder) {
        workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 600), 2);
    }

    @Test
    void aBoosterComesOutByteForByteAndTheWarehouseStaysAsItWas() throws IOException {
        Path pipeline = trained(BOOSTED);
        workspace.addOrders(spark, Orders.rows(600, 300), 1);
        assertThat(Program.run("train", pipeline).code()).isZero();
        List<Path> before = warehouse();
        assertThat(Program.run("models", "reproduce", pipeline, "7").err())
                .contains("Model 'orders' has no version 7: its newest is 2");
        assertThat(Program.run("models", "reproduce", pipeline, "best").err())
                .contains("Model 'orders' has no alias 'best': it has [champion]; name one of them");

        Answer first = Program.run("models", "reproduce", pipeline, "1", "--json");

        assertThat(first.code()).as(first.err() + first.out()).isZero();
        assertThat(first.json().at("/version").asInt()).isEqualTo(1);
        assertThat(first.json().at("/files/model.ubj").asText()).isEqualTo("equal");
        assertThat(first.json().at("/files/trainyard.json").asText()).isEqualTo("equal");
        assertThat(first.json().at("/files/encoding.json").asText()).isEqualTo("equal");
        assertThat(first.json().at("/files/features.json").asText()).isEqualTo("taken");
        assertThat(first.json().at("/notes")).isEmpty();
        assertThat(warehouse()).isEqualTo(before);

        workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, features: {amount: amount * 2, items: items}}
                search: {trials: 3, rounds: 10, seed: 4, early_stopping: 5}
                """);
        Answer byAnotherFile = Program.run("models", "reproduce", pipeline, "1", "--json");
        assertThat(byAnotherFile.code())
                .as(byAnotherFile.err() + byAnotherFile.out())
                .isZero();
        assertThat(byAnotherFile.json().at("/notes").toString())
                .contains(
                        "the pipeline file declares another study than orders-", "computes features otherwise by now");
    }

    @Test
    void anEnsembleWithScaledProbabilitiesComesOutByteForByte() throws IOException {
        Path pipeline = trained("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days],
                           split: {by: hash, folds: 3}}
                search: {trials: 12, rounds: 30, seed: 3, ensemble: 6, calibrate: true}
                """);
        JsonNode params =
                Program.run("models", "show", pipeline, "--json").json().at("/params");
        assertThat(params.has("members")).as("an ensemble: %s", params).isTrue();
        assertThat(params.has("calibration.slope")).isTrue();

        Answer answer = Program.run("models", "reproduce", pipeline, "champion");

        assertThat(answer.code()).as(answer.err() + answer.out()).isZero();
        assertThat(answer.out()).contains("orders version 1 made again: equal");
    }

    @Tag("slow")
    @Test
    void aCalibrationBesideTheBoosterIsTakenAsItWas() throws IOException {
        Path pipeline = trained("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: 2, rounds: 30, seed: 3, calibrate: true, calibration: isotonic}
                """);

        Answer answer = Program.run("models", "reproduce", pipeline, "--json");

        assertThat(answer.code()).as(answer.err() + answer.out()).isZero();
        assertThat(answer.json().at("/files/calibration.json").asText()).isEqualTo("taken");
        assertThat(answer.json().at("/files/trainyard.json").asText()).isEqualTo("equal");
        assertThat(answer.json().at("/files/MLmodel").asText()).isEqualTo("equal");
    }

    @Tag("slow")
    @Test
    void aModelOfMllibIsTheSameWhereItPredictsTheSame() throws IOException {
        Path pipeline = trained("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {learners: [decision_tree], trials: 1}
                """);

        Answer answer = Program.run("models", "reproduce", pipeline, "--json");

        assertThat(answer.code()).as(answer.err() + answer.out()).isZero();
        assertThat(answer.json().at("/files/sparkml").asText()).isEqualTo("equal");
        assertThat(answer.json().at("/predictions/differing").asInt()).isZero();
        assertThat(answer.json().at("/predictions/rows").asInt()).isPositive();
    }

    @Tag("slow")
    @Test
    void changedRowsMakeAnotherModelAndAnotherTrainingSetNone() throws IOException {
        Path pipeline = trained(BOOSTED);
        turnLabelsRound();

        Answer answer = Program.run("models", "reproduce", pipeline, "--json");

        assertThat(answer.code()).as(answer.err() + answer.out()).isEqualTo(1);
        assertThat(answer.json().at("/equal").asBoolean()).isFalse();
        assertThat(answer.json().at("/files/model.ubj").asText()).isEqualTo("different");
        assertThat(answer.json().at("/predictions/largest").asDouble()).isPositive();
        assertThat(Program.run("models", "reproduce", pipeline).out())
                .contains("made again: different", "test rows:", "Test, registered and made again", "roc_auc");

        JavaUtils.deleteRecursively(trainingTable().toFile());
        workspace.addOrders(spark, Orders.rows(600, 10), 1);
        assertThat(Program.run("dataset", "build", pipeline).code()).isZero();
        Answer gone = Program.run("models", "reproduce", pipeline);
        assertThat(gone.code()).isEqualTo(2);
        assertThat(gone.err())
                .contains(
                        "Cannot reproduce version 1 of orders: no version of",
                        "is the training set that it was fitted on, which was version 0 with the fingerprint",
                        "restore the table")
                .doesNotContain("\tat ");
    }

    private Path trained(String sections) throws IOException {
        Path pipeline = workspace.pipeline(sections);
        Answer answer = Program.run("train", pipeline);
        assertThat(answer.code()).as(answer.err()).isZero();
        return pipeline;
    }

    private Path trainingTable() {
        return workspace.warehouse().resolve("training/orders");
    }

    /** Rewrites the table's files where they are, behind the back of Delta. */
    private void turnLabelsRound() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(trainingTable())) {
            files = found.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
        for (Path file : files) {
            Path turned = workspace.folder().resolve("turned-" + file.getFileName());
            spark.read()
                    .parquet(file.toString())
                    .withColumn(
                            "_label",
                            when(col("_label").equalTo("yes"), lit("no")).otherwise(lit("yes")))
                    .coalesce(1)
                    .write()
                    .parquet(turned.toString());
            try (Stream<Path> parts = Files.list(turned)) {
                Path part = parts.filter(path -> path.toString().endsWith(".parquet"))
                        .findFirst()
                        .orElseThrow();
                Files.copy(part, file, StandardCopyOption.REPLACE_EXISTING);
                Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
            }
        }
    }

    private List<Path> warehouse() throws IOException {
        try (Stream<Path> files = Files.walk(workspace.warehouse())) {
            return files.filter(path -> !path.equals(workspace.warehouse().resolve(".staging")))
                    .sorted()
                    .toList();
        }
    }
}
