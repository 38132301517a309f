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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two versions, and what sets them apart. */
@ExtendWith(SparkExtension.class)
class CompareTest {
    private final SparkSession spark;

    CompareTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void tellsWhatDiffersInScoresParametersInputsAndFeatures(@TempDir Path folder) throws IOException {
        Workspace workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 400), 1);
        train(workspace, "{amount: amount, items: items, country: country}", 10, "[]");
        Path pipeline = workspace.file();
        Answer alone = Program.run("models", "compare", pipeline);
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err()).contains("Cannot compare version 1 of orders with itself: name two of its versions");
        train(workspace, "{amount: amount * 2, items: items, member: member}", 12, "[{min: {roc_auc: 1.0}}]");

        Answer answer = Program.run("models", "compare", pipeline, "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        JsonNode document = answer.json();
        assertThat(document.at("/first").asInt()).isEqualTo(1);
        assertThat(document.at("/second").asInt()).isEqualTo(2);
        assertThat(document.at("/same_rows").asBoolean()).isFalse();
        assertThat(document.at("/test/roc_auc/first/low").asDouble()).isPositive();
        assertThat(document.at("/test/roc_auc/second/high").asDouble()).isPositive();
        assertThat(document.at("/params/rounds/first").asText()).isEqualTo("10");
        assertThat(document.at("/params/rounds/second").asText()).isEqualTo("12");
        assertThat(document.at("/params").has("max_depth")).isFalse();
        assertThat(document.at("/features").toString()).isEqualTo("""
                        {"amount":{"first":"number, amount","second":"number, amount * 2"},\
                        "country":{"first":"categories, country"},"member":{"second":"number, member"}}""");
        assertThat(document.at("/inputs").size()).isEqualTo(1);
        assertThat(document.at("/importance")).isNotEmpty();
        assertThat(document.at("/environment")).isEmpty();

        assertThat(Program.run("models", "compare", pipeline, "2", "champion").out())
                .contains(
                        "orders version 2 and version 1",
                        "Test, each of its own rows, since the training sets differ",
                        "Parameters",
                        "rounds",
                        "Features",
                        "amount * 2",
                        "Importance as shares, by how far it moved")
                .doesNotContain("Environment");

        Answer card = Program.run("models", "card", pipeline, "2", "--to", folder.resolve("cards"));
        assertThat(card.code()).as(card.err()).isZero();
        assertThat(folder.resolve("cards/card.html")).content().contains("<h1>orders version 2</h1>");
        assertThat(folder.resolve("cards/card.md"))
                .content()
                .isEqualToNormalizingNewlines(
                        Program.run("models", "card", pipeline, "2").out().stripTrailing() + "\n")
                .contains(
                        "# orders version 2",
                        "tested it, split by a hash of the key",
                        "| rounds | 12 |",
                        "| roc_auc |");
    }

    private static void train(Workspace workspace, String features, int rounds, String gates) throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, features: %s}
                search: {trials: 1, rounds: %d, early_stopping: 0}
                register: {promote_if: %s}
                """.formatted(features, rounds, gates));
        Answer answer = Program.run("train", pipeline);
        assertThat(answer.code()).as(answer.err()).isZero();
    }
}
