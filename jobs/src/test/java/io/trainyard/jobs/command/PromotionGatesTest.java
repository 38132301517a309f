package io.trainyard.jobs.command;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What gates measure, what they decide, and that both stay on record. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromotionGatesTest {
    private static final String GATES = """
            [{min: {roc_auc: 0.5}}, {not_worse_than: champion, margin: 1}, {better_than: champion, margin: 0.4},\
             {slices: [country], worst: 0.99, rows: 5}, {calibration: 1}, {size: 1 GB}, {latency: 1000}]""";

    private final SparkSession spark;
    private Workspace workspace;
    private Path pipeline;

    PromotionGatesTest(SparkSession spark) {
        this.spark = spark;
    }

    /** Where every test finds a champion, and none replaces it. */
    @BeforeAll
    void fill(@TempDir Path folder) throws IOException {
        workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 500), 1);
        pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days], split: {by: hash, test: 0.4}}
                search: {trials: 1, rounds: 10}
                """);
        train();
    }

    private Answer train(String... settings) throws IOException {
        String[] arguments = new String[settings.length * 2 + 3];
        arguments[0] = "train";
        arguments[1] = pipeline.toString();
        arguments[2] = "--json";
        for (int i = 0; i < settings.length; i++) {
            arguments[3 + 2 * i] = "--set";
            arguments[4 + 2 * i] = settings[i];
        }
        Answer answer = Program.run((Object[]) arguments);
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer;
    }

    @Test
    void everyGateIsMeasuredAndWhatItSaidIsKept() throws IOException {
        Answer answer = train("search.rounds=12", "register.promote_if=" + GATES);

        assertThat(answer.err()).contains("not promoted: champion stays where it was");
        JsonNode judged = judged(answer);
        assertThat(judged.at("/passed").asBoolean()).isFalse();
        assertThat(judged.at("/gates").findValuesAsText("gate"))
                .containsExactly(
                        "min roc_auc",
                        "not_worse_than champion roc_auc",
                        "better_than champion roc_auc",
                        "slices country roc_auc",
                        "calibration",
                        "size",
                        "latency");
        assertThat(judged.at("/gates").findValuesAsText("passed"))
                .containsExactly("true", "true", "false", "false", "true", "true", "true");

        JsonNode test = answer.json().at("/version/test/roc_auc/value");
        JsonNode compared = judged.at("/gates/1/evidence");
        assertThat(compared.at("/challenger").asDouble()).isCloseTo(test.asDouble(), within(1e-9));
        assertThat(compared.at("/gain").asDouble())
                .isCloseTo(
                        compared.at("/challenger").asDouble()
                                - compared.at("/incumbent").asDouble(),
                        within(1e-12))
                .isBetween(compared.at("/low").asDouble(), compared.at("/high").asDouble());
        assertThat(compared.at("/seen").asInt()).isZero();
        assertThat(compared.at("/rows").asLong()).isEqualTo(tested(answer).count());
        assertThat(judged.at("/gates/3/evidence").size()).isEqualTo(5);
        assertThat(judged.at("/gates/4/evidence/value").asDouble()).isBetween(0.001, 0.5);
        assertThat(judged.at("/gates/5/evidence/value").asInt()).isBetween(5_000, 2_000_000);
        assertThat(judged.at("/gates/6/evidence/value").asDouble()).isBetween(1e-4, 100.0);

        assertThat(Program.run("models", "show", pipeline, "--model-version", "2")
                        .out())
                .contains(
                        "Gates of champion",
                        "failed: roc_auc",
                        "better by more than 0.4 in 0 % of the resamples, asked 95 %");
        assertThat(Program.run("models", "history", pipeline).out())
                .contains(
                        "champion moved from nothing to version 1: no gates declared",
                        "version %s as champion".formatted(version(answer)));
    }

    @Test
    void aChampionIsNotAskedAboutRowsThatItHasLearntFrom() throws IOException {
        Answer answer = train(
                "training.split.seed=5",
                "register.promote_if=[{not_worse_than: champion, margin: 0, confidence: 0.999}, {min: {roc_auc: 1}}]");

        Dataset<Row> learnt = new VersionedTable(spark, table())
                .read(0)
                .where("_final = 'train' or _train_folds != 0 or _validation_folds != 0");
        long seen = tested(answer).join(learnt, "_key").count();
        JsonNode evidence = judged(answer).at("/gates/0/evidence");
        assertThat(evidence.at("/seen").asLong()).isEqualTo(seen).isGreaterThan(50);
        assertThat(evidence.at("/rows").asLong()).isEqualTo(tested(answer).count() - seen);
        assertThat(answer.json().at("/gates/0").asText())
                .contains("without %d that it has learnt from".formatted(seen), "asked 99.9 %");
    }

    @Test
    void whatTheTaskOrTheFeaturesDoNotHaveIsRefused() throws IOException {
        Answer slices = Program.run("train", pipeline, "--set", "register.promote_if=[{slices: [county], worst: 0.5}]");
        Answer number = Program.run(
                "train",
                pipeline,
                "--set",
                "training.label=days",
                "--set",
                "training.drop=[status, returned]",
                "--set",
                "register.promote_if=[{calibration: 0.5}]");

        assertThat(slices.code()).isEqualTo(2);
        assertThat(slices.err())
                .contains("register.promote_if: there is no feature 'county' to slice by (did you mean 'country'?)");
        assertThat(number.code()).isEqualTo(2);
        assertThat(number.err())
                .contains(
                        "register.promote_if: calibration holds probabilities to what comes, and the task is regression; remove it");
    }

    private String table() {
        return workspace.warehouse().resolve("training/orders").toString();
    }

    private Dataset<Row> tested(Answer trained) throws IOException {
        long version = trained.json().at("/training_set/version").asLong();
        return new VersionedTable(spark, table())
                .read(version)
                .where(col("_final").equalTo("test"));
    }

    private static String version(Answer trained) throws IOException {
        return trained.json().at("/version/version").asText();
    }

    /** What the history says of a version that was not promoted. */
    private JsonNode judged(Answer trained) throws IOException {
        String number = version(trained);
        List<JsonNode> about = new ArrayList<>();
        for (JsonNode event :
                Program.run("models", "history", pipeline, "--json").json()) {
            if (event.at("/version").asText().equals(number)) {
                about.add(event);
            }
        }
        assertThat(about).extracting(event -> event.at("/change").asText()).containsExactly("registered", "judged");
        return about.get(1);
    }
}
