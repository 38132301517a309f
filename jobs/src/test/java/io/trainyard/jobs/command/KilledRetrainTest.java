package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.features.version.Pin;
import io.trainyard.features.version.Pins;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A retraining that is killed leaves a model at work, and the next run of the same logical time finishes what it had begun, once. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledRetrainTest {
    private static final String BEFORE = "2026-02-12";
    private static final String AFTER = "2026-03-05";
    private static final int MOMENTS = 20;

    private final SparkSession spark;
    private Path trained;
    private long before;
    private long after;

    KilledRetrainTest(SparkSession spark) {
        this.spark = spark;
    }

    /** A first model, and how many files an undisturbed second one takes. */
    @BeforeAll
    void train(@TempDir Path made, @TempDir Path undisturbed) throws IOException {
        trained = made;
        Path pipeline = Visits.in(made, spark).pipeline("""
                monitor: {every: week, windows: 2}
                retrain: {on: [drift, metric_drop]}
                retention: {training_sets: 1}
                """);
        retrain(pipeline, BEFORE);
        Path copy = copied(undisturbed);
        before = files(undisturbed);
        retrain(copy, AFTER);
        after = files(undisturbed);
        requireFinished(undisturbed, copy);
    }

    static Stream<Integer> moments() {
        return IntStream.range(0, MOMENTS).boxed();
    }

    @Test
    void whenTheVersionIsThere(@TempDir Path folder) throws Exception {
        Path pipeline = copied(folder);
        try (ChildProgram child = child(folder, pipeline)) {
            child.awaitLine("registered visits version 2");
            child.kill();
        }
        finish(folder, pipeline);
    }

    @ParameterizedTest(name = "after {0} twentieths of the files")
    @MethodSource("moments")
    void atTwentyMoments(int moment, @TempDir Path folder) throws Exception {
        Path pipeline = copied(folder);
        try (ChildProgram child = child(folder, pipeline)) {
            child.awaitLine("Monitor");
            child.await(() -> files(folder) > before + (after - before) * moment / MOMENTS);
            child.kill();
        }
        finish(folder, pipeline);
    }

    private void finish(Path folder, Path pipeline) throws IOException {
        JsonNode versions = versions(pipeline);
        assertThat(versions.at("/aliases/champion").asInt()).isIn(1, 2);

        retrain(pipeline, AFTER);
        requireFinished(folder, pipeline);

        Answer again = retrain(pipeline, AFTER);
        assertThat(again.json().at("/action").asText()).isNotEqualTo("retrain");
        requireFinished(folder, pipeline);
    }

    private void requireFinished(Path folder, Path pipeline) throws IOException {
        JsonNode model = versions(pipeline);
        assertThat(model.at("/versions")).hasSize(2);
        assertThat(model.at("/aliases/champion").asInt()).isEqualTo(2);
        JsonNode history = Program.run("models", "history", pipeline, "--json").json();
        assertThat(history.findValuesAsText("change"))
                .containsExactly("registered", "promoted", "registered", "judged", "promoted");
        String sets = folder.resolve("warehouse/training/visits").toString();
        List<String> pinned = Pins.of(spark, sets).all().stream()
                .map(Pin::version)
                .map(String::valueOf)
                .toList();
        assertThat(pinned)
                .as("the training sets of version 2, and of version 1, to which a rollback would return")
                .containsExactlyInAnyOrder(
                        model.at("/versions/0/inputs/0/version").asText(),
                        model.at("/versions/1/inputs/0/version").asText());
        List<Row> decisions = spark.read()
                .format("delta")
                .load(folder.resolve("warehouse/monitoring/decisions/visits").toString())
                .where("version = 1 and action in ('retrain', 'trained')")
                .sort("action")
                .collectAsList();
        assertThat(decisions.stream().map(row -> row.<String>getAs("action"))).containsExactly("retrain", "trained");
    }

    private static JsonNode versions(Path pipeline) throws IOException {
        return Program.run("models", "list", pipeline, "--json").json().at("/0");
    }

    private static Answer retrain(Path pipeline, String asOf) {
        Answer answer = Program.run("retrain", pipeline, "--as-of", asOf, "--json");
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer;
    }

    private static ChildProgram child(Path folder, Path pipeline) throws IOException {
        Path home = Files.createDirectories(folder.resolve("spark"));
        Map<String, String> settings = Map.of(
                "spark.master", "local[2]",
                "spark.ui.enabled", "false",
                "spark.sql.shuffle.partitions", "2");
        return ChildProgram.start(settings, home, "retrain", pipeline, "--as-of", AFTER);
    }

    /** The pipeline file in a copy of the folder with the first model. */
    private Path copied(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(trained)) {
            for (Path file : files.sorted().toList()) {
                Path target = folder.resolve(trained.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return folder.resolve("pipeline.yaml");
    }

    private static long files(Path folder) {
        try (Stream<Path> all = Files.walk(folder.resolve("warehouse"))) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // a temporary file went while the folder was listed: asked again at once
        }
    }
}
