package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model of {@link Visits}, as a scheduler keeps it. */
@ExtendWith(SparkExtension.class)
class RetrainTest {
    private static final String BEFORE = "2026-02-12";
    private static final String AFTER = "2026-03-05";

    private final SparkSession spark;

    @TempDir
    private Path folder;

    private Path pipeline;

    RetrainTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aModelIsTrainedOnceWhenTheWorldHasMovedAndReturnsWhenItFails() throws IOException {
        pipeline = Visits.in(folder, spark).pipeline("""
                monitor: {every: week, windows: 2}
                retrain: {on: [drift, metric_drop]}
                """);
        assertAction(retrain(BEFORE), "retrain", "no version holds champion yet");
        assertAction(retrain(BEFORE), "nothing", "");
        Answer planned = Program.run("retrain", pipeline, "--as-of", AFTER, "--json", "--dry-run");
        assertAction(planned, "retrain", "surely worse by more than 0.02");
        assertThat(planned.json().at("/settings/training.split.test.to").asText())
                .isEqualTo("2026-03-02T00:00:00Z");

        assertLeftToAnother();
        Answer trained = retrain(AFTER);
        assertAction(trained, "retrain", "drift of");
        assertThat(trained.json().at("/trained/version/version").asInt()).isEqualTo(2);
        assertThat(trained.json().at("/trained/alias").asText()).isEqualTo("champion");

        assertThat(retrain(AFTER).json().at("/action").asText()).isNotEqualTo("retrain");
        assertThat(versions()).as("nothing twice").hasSize(2);
        assertRolledBack();
    }

    private void assertLeftToAnother() throws IOException {
        VersionedTable decisions = new VersionedTable(
                spark, folder.resolve("warehouse/monitoring/decisions/visits").toString());
        TableWriter held = decisions.writer();
        Answer second = retrain(AFTER);
        held.close();

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.json().at("/busy").asBoolean()).isTrue();
        assertThat(second.err()).contains("another retraining of this pipeline is at work");
    }

    /** By hand the old one is put over the new one, and it fails at once. */
    private void assertRolledBack() throws IOException {
        assertThat(Program.run("models", "promote", pipeline, "--model-version", "1", "--reason", "a mistake")
                        .code())
                .isZero();

        Answer back = Program.run(
                "retrain", pipeline, "--as-of", AFTER, "--json", "--set", "retrain.rollback.within=100 days");

        assertAction(back, "rollback", "of its promotion");
        assertThat(back.json().at("/returned_to").asInt()).isEqualTo(2);
        assertThat(spark.read()
                        .format("delta")
                        .load(folder.resolve("warehouse/monitoring/decisions/visits")
                                .toString())
                        .where("action = 'rollback' and version = 1")
                        .count())
                .isEqualTo(1);
    }

    private Answer retrain(String asOf) {
        return Program.run("retrain", pipeline, "--as-of", asOf, "--json");
    }

    private JsonNode versions() throws IOException {
        return Program.run("models", "list", pipeline, "--json").json().at("/0/versions");
    }

    private static void assertAction(Answer answer, String action, String reason) throws IOException {
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.json().at("/action").asText()).as(answer.err()).isEqualTo(action);
        assertThat(answer.json().at("/reasons").toString()).contains(reason);
    }

    @Test
    void whenToTrainMustBeSaid() throws IOException {
        Answer answer = Program.run("retrain", Visits.in(folder, spark).pipeline("monitor: {}\n"));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("has no section 'retrain'; add, for example");
    }
}
