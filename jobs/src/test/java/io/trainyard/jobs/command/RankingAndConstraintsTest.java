package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.scoring.Scorer;
import io.trainyard.tuning.matrix.Gpus;
import io.trainyard.tuning.matrix.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are ranked within groups, or looked into from the top, and models that must not break a rule. */
@ExtendWith(SparkExtension.class)
class RankingAndConstraintsTest {
    private static final int NEW_ROWS = 40;

    private final SparkSession spark;
    private Workspace workspace;

    RankingAndConstraintsTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void fill(@TempDir Path folder) {
        workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 600), 2);
        workspace.newOrders(spark, Orders.rows(10_000, NEW_ROWS));
    }

    @Test
    void ordersOfABasketAreRanked() throws IOException {
        Orders.frame(spark, Orders.rows(0, 600))
                .selectExpr("*", "pmod(order_id, 60) as basket", "int(greatest(0, days - 8)) as grade")
                .write()
                .mode("overwrite")
                .parquet(workspace.folder().resolve("data/orders").toString());
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: grade, task: ranking, group: basket, top_k: 3,
                           features: [amount, items, country, member]}
                search: {trials: 3, rounds: 30, seed: 3, ensemble: 2}
                register: {promote_if: [{min: {ndcg_at_k: 0.5}}]}
                """);

        Answer answer = Program.run("run", pipeline, "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("ranking: 'grade', a number");
        JsonNode tested = answer.json().at("/version/test");
        assertThat(tested.at("/ndcg_at_3/value").asDouble()).isBetween(0.7, 1.0);
        assertThat(tested.at("/map_at_3/low").asDouble())
                .isLessThanOrEqualTo(tested.at("/map_at_3/value").asDouble());
        assertThat(answer.err()).contains("champion is now version 1");
        assertThat(orderedAlike()).isGreaterThan(0.8);
        assertScoredAlikeInAPlainJvm();
        assertThat(Program.run("run", pipeline, "--json").json().at("/reused").asBoolean())
                .isTrue();
    }

    private void assertScoredAlikeInAPlainJvm() throws IOException {
        ModelRegistry registry = workspace.registry();
        Path bundle = workspace.folder().resolve("champion");
        registry.fetch(registry.byAlias("orders", "champion").orElseThrow(), bundle);
        Scorer scorer = Scorer.open(bundle);
        for (Row row : predictions()
                .join(Orders.frame(spark, Orders.rows(10_000, NEW_ROWS)), "order_id")
                .collectAsList()) {
            Map<String, Object> values = new HashMap<>();
            scorer.features().forEach(feature -> values.put(feature, row.getAs(feature)));
            assertThat(scorer.score(values).number()).isCloseTo(row.<Double>getAs("prediction"), within(1e-6));
        }
    }

    /** The share of pairs of new orders whose scores and grades are in the same order. */
    private double orderedAlike() {
        Dataset<Row> scored = predictions()
                .join(Orders.frame(spark, Orders.rows(10_000, NEW_ROWS)), "order_id")
                .select("prediction", "days");
        Dataset<Row> pairs = scored.as("a").crossJoin(scored.as("b")).where("a.days > b.days + 2");
        return (double) pairs.where("a.prediction > b.prediction").count() / pairs.count();
    }

    @Test
    void trialsOfTwoFamiliesAreJudgedByTheFirstOfEachDay() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days],
                           group: to_date(ordered), unit: "pmod(order_id, 90)", top_k: 4}
                search: {learners: [xgboost, decision_tree], metric: precision_at_k, trials: 4, rounds: 20, seed: 3}
                register: {promote_if: [{min: {recall_at_k: 0.01}}, {not_worse_than: champion, margin: 1}]}
                """);

        Answer answer = Program.run("train", pipeline, "--json");
        Answer wider = Program.run("train", pipeline, "--json", "--set", "training.top_k=2");

        assertThat(answer.code()).as(answer.err()).isZero();
        JsonNode tested = answer.json().at("/version/test");
        assertThat(tested.at("/precision_at_4/value").asDouble()).isBetween(0.1, 1.0);
        assertThat(tested.has("recall_at_4")).isTrue();
        assertThat(answer.err()).contains("champion is now version 1");
        assertThat(wider.json().at("/study/name")).isNotEqualTo(answer.json().at("/study/name"));
        assertThat(wider.json().at("/version/test").has("precision_at_2")).isTrue();
    }

    /** Workers of one trial and jobs of MLlib, by turns, on two slots. */
    @Tag("slow")
    @Test
    void trialsShareTheirRowsBetweenWorkersBesideThoseOfMllib() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {learners: [xgboost, logistic_regression], trials: 6, rounds: 30, seed: 3, placement: distributed, pruner: median}
                """);

        Answer answer = Program.run("run", pipeline, "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("xgboost distributed: ", "over 2 workers of 1 thread; 1 trial at once");
        assertThat(answer.json().at("/version/test/roc_auc/value").asDouble()).isBetween(0.75, 1.0);
        assertThat(Program.run("models", "verify", pipeline).code()).isZero();
        assertThat(Program.run("train", pipeline, "--set", "search.workers=3").err())
                .contains(
                        "search.workers: a trial of 3 workers needs as many slots, and there are 2; add executors, or lower it");
    }

    @Test
    void metricsAtKNeedToKnowK() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned}
                search: {metric: precision_at_k}
                """);

        Answer answer = Program.run("train", pipeline);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("search.metric: precision_at_k needs to know k; add training.top_k");

        Path gated = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned}
                register: {promote_if: [{min: {recall_at_k: 0.1}}]}
                """);
        assertThat(Program.run("train", gated).err())
                .contains("register.promote_if: recall_at_k needs to know k; add training.top_k");
    }

    @Test
    void probabilitiesOnlyRiseWithWhatTheyMayOnlyRiseWith() throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, features: [amount, items, country, member]}
                search: {trials: 2, rounds: 40, early_stopping: 0, seed: 5,
                         monotone: {amount: increasing, items: decreasing}, interactions: [[amount, items], [country, member]]}
                """);

        Answer answer = Program.run("train", pipeline, "--json");
        Path steps = workspace.folder().resolve("data/steps");
        Orders.frame(spark, Orders.rows(10_000, NEW_ROWS))
                .selectExpr("*", "explode(sequence(0, 200, 10)) as step")
                .selectExpr(
                        "order_id * 1000 + step as order_id", "double(step) as amount", "items", "country", "member")
                .write()
                .parquet(steps.toString());
        Answer scored = Program.run("score", pipeline, "--json", "--set", "sources.new_orders.path=" + steps);

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(scored.code()).as(scored.err()).isZero();
        Dataset<Row> predicted =
                predictions().selectExpr("order_id div 1000 as row", "order_id % 1000 as step", "probability");
        Dataset<Row> pairs = predicted.as("a").join(predicted.as("b"), "row").where("a.step > b.step");
        assertThat(pairs.where("a.probability < b.probability").count()).isZero();
        assertThat(pairs.where("a.probability > b.probability").count()).isPositive();
    }

    @Test
    void aRuleOfNoFeatureIsRefused() throws IOException {
        assertThat(refusal("amuont: increasing"))
                .contains("search.monotone: 'amuont' is no feature of the training set (did you mean 'amount'?)");
        assertThat(refusal("country: increasing"))
                .contains("search.monotone: feature 'country' is a text, which has no order; remove it");
    }

    private String refusal(String rule) throws IOException {
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, features: [amount, country]}
                search: {monotone: {%s}}
                """.formatted(rule));
        Answer answer = Program.run("train", pipeline);
        assertThat(answer.code()).isEqualTo(2);
        return answer.err();
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() throws IOException {
        assumeThat(NativeLibrary.cuda() && Gpus.count() > 0)
                .as("a GPU is there")
                .isFalse();
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, features: [amount, country]}
                search: {device: cuda, trials: 1}
                """);

        Answer answer = Program.run("train", pipeline);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .contains(
                        NativeLibrary.cuda()
                                ? "search.device: executor driver on 127.0.0.1 finds no GPU; see what nvidia-smi says there, or use 'cpu'"
                                : "search.device: XGBoost's library in executor driver was built without CUDA; build with 'mvn -P gpu package', or use 'cpu'");
    }

    private Dataset<Row> predictions() {
        return spark.read()
                .format("delta")
                .load(workspace.warehouse().resolve("predictions").toString());
    }
}
