package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Visits of eight weeks from Monday, 2026-01-05 on, 100 a day. From the fifth week on, whom a high amount made buy it keeps from buying. Who
 * bought is known two days later.
 */
@ExtendWith(SparkExtension.class)
class RetrainBacktestTest {
    private final SparkSession spark;

    @TempDir
    private Path folder;

    RetrainBacktestTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void visit() {
        spark.range(0, 8 * 7 * 100)
                .selectExpr(
                        "id",
                        "timestamp'2026-01-05 00:30:00' + make_dt_interval(int(id / 100), int(pmod(id, 100) / 5)) as at",
                        "id >= 4 * 7 * 100 as turned",
                        "pmod(hash(id, 'z'), 10000) / 10000.0 as amount",
                        "pmod(hash(id, 'v'), 10000) / 10000.0 as v")
                .selectExpr(
                        "id",
                        "at",
                        "amount",
                        "if(v < 0.5, 'shop', 'web') as channel",
                        "int(pmod(hash(id, 'b'), 10000) / 10000.0 < if(turned, 1 - amount, amount)) as bought")
                .write()
                .parquet(folder.resolve("visits").toString());
    }

    private Path pipeline(String more) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), """
                name: visits
                sources: {visits: {path: visits, event_time: at, known_at: {bought: at + interval 2 days}}}
                training:
                  rows: visits
                  key: id
                  label: bought
                  split: {by: time, train: 14 days, validation: 7 days, test: {from: 2026-02-02, to: 2026-02-09}}
                """ + more);
    }

    @Tag("slow")
    @Test
    void theBacktestTrainsAgainWhereTheWorldTurned() throws IOException {
        Path pipeline = pipeline("""
                monitor: {every: week}
                retrain: {on: [drift, metric_drop, new_rows], new_rows: 1}
                """);

        Answer answer = Program.run(
                "retrain", pipeline, "--as-of", "2026-03-04", "--backtest", "2026-01-26", "2026-03-02", "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err())
                .as("labels of the last two days are not known")
                .contains("fitted 1,200 rows as of 2026-01-26T00:00:00Z")
                .contains("XGBoost's defaults with 100 rounds, since no version is visits@champion");
        JsonNode never = answer.json().at("/strategies/0");
        JsonNode always = answer.json().at("/strategies/1");
        JsonNode policy = answer.json().at("/strategies/2");
        assertThat(never.at("/trainings").asInt()).isZero();
        assertThat(always.at("/trainings").asInt()).isEqualTo(4);
        assertThat(policy.at("/trainings").asInt()).isBetween(1, 3);
        assertThat(actions(policy).get(0)).as("a week like the others").isIn("nothing", "watch");
        assertThat(actions(policy).get(1)).as("the week that turned").isEqualTo("retrain");
        assertThat(policy.at("/periods/1/decision/reasons/0").asText()).contains("roc_auc is", "surely worse");
        assertThat(never.at("/periods/4/score").asDouble()).isLessThan(0.4);
        assertThat(always.at("/periods/4/score").asDouble()).isGreaterThan(0.7);
        assertThat(policy.at("/periods/4/score").asDouble())
                .as("after a training of half old rows, a second one, since many are new")
                .isGreaterThan(0.7);
        assertThat(answer.json().at("/share").asDouble()).isBetween(0.4, 1.05);
    }

    private static List<String> actions(JsonNode strategy) {
        List<String> actions = new ArrayList<>();
        strategy.at("/periods")
                .forEach(period -> actions.add(period.at("/decision/action").asText()));
        return actions;
    }

    @Test
    void whatCannotBeReplayedIsRefusedWithItsRemedy() throws IOException {
        Path weekly = pipeline("monitor: {every: week}\n");
        Answer later =
                Program.run("retrain", weekly, "--as-of", "2026-02-01", "--backtest", "2026-01-19", "2026-03-02");
        assertThat(later.code()).isEqualTo(2);
        assertThat(later.err())
                .contains(
                        "Cannot backtest to 2026-03-02T00:00:00Z: the logical time is 2026-02-01T00:00:00Z, and what is later is not known");
        assertThat(Program.run("retrain", weekly, "--as-of", "2026-03-04", "--backtest", "2026-01-19", "2026-01-30")
                        .err())
                .contains("there is no decision between fewer than two periods of a week; move FROM or TO");
        assertThat(Program.run("retrain", weekly, "--as-of", "2026-03-04", "--backtest", "2026-01-05", "2026-01-30")
                        .err())
                .contains(
                        "Cannot fit a model as of 2026-01-05T00:00:00Z: no rows with two values of the label were known by then");
        assertThat(Program.run("retrain", weekly, "--as-of", "2026-03-04", "--backtest", "monday", "2026-01-30")
                        .err())
                .contains("Cannot read --backtest 'monday': write a timestamp such as");
        assertThat(Program.run("retrain", weekly, "--dry-run", "--backtest", "2026-01-19", "2026-03-02")
                        .err())
                .contains("--backtest trains nothing that stays: leave --dry-run out");
        assertThat(Program.run("retrain", pipeline(""), "--backtest", "2026-01-19", "2026-03-02")
                        .err())
                .contains("Cannot backtest: the pipeline file has no section 'monitor'");
    }
}
