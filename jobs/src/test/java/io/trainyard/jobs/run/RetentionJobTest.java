package io.trainyard.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.version.Pin;
import io.trainyard.features.version.Pins;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three versions of one model, and what is left of them some time later. */
@ExtendWith(SparkExtension.class)
class RetentionJobTest {
    private final SparkSession spark;

    @TempDir
    private Path folder;

    RetentionJobTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void whatIsNotKeptGoesAndWhatIsNeededStays() throws Exception {
        spark.range(400)
                .selectExpr("id", "double(pmod(id * 37, 400)) as x", "int(pmod(id * 37, 400) > 200) as y")
                .write()
                .parquet(folder.resolve("rows").toString());
        for (int seed = 1; seed <= 3; seed++) {
            JobContext context = context("search.seed=" + seed, "training.features={x: x + %d}".formatted(seed));
            new TrainJob(context).run();
            if (seed > 1) {
                new ScoreJob(context).run(Optional.empty());
            }
        }
        ModelRegistry registry = context().registry();
        registry.promote("rows", "champion", 1, 3, "by hand");
        registry.promote("rows", "champion", 3, 1, "by hand");
        List<ModelVersion> versions = registry.model("rows").orElseThrow().versions();
        Files.createDirectories(folder.resolve("warehouse/.staging/killed"));
        long atWork = new TrainJob(context("training.features={x: x + 4}"))
                .trainingSet()
                .set()
                .table()
                .version();

        RetentionJob.Result soon = new RetentionJob(context("retention={studies: 30 days}")).run(false);
        assertThat(soon.lines()).isEmpty();

        JobContext later = later(
                context("retention={bundles: 1, training_sets: 1, studies: 30 days, tables: 30 days}"),
                Duration.ofDays(31));
        RetentionJob.Result planned = new RetentionJob(later).run(true);
        assertThat(studies()).hasSize(3);
        assertThat(registry.model("rows").orElseThrow().discarded()).isEmpty();
        RetentionJob.Result done = new RetentionJob(later).run(false);

        assertThat(done.bundles()).as("version 1 is what a rollback returns to").containsExactly(2);
        assertThat(done.trainingSets()).containsExactly(trainingSet(versions.get(1)));
        assertThat(done.studies()).containsExactly(study(versions.get(1)));
        assertThat(done.leftovers()).contains(".staging/killed");
        assertThat(planned).usingRecursiveComparison().ignoringFields("tables").isEqualTo(done);
        assertThat(files(done, "predictions"))
                .as("of the scoring before the last")
                .isPositive();
        assertThat(files(done, "training/rows"))
                .as("of the training set of version 2")
                .isPositive();

        RegisteredModel model = registry.model("rows").orElseThrow();
        assertThat(model.kept()).containsExactly(versions.get(0), versions.get(2));
        assertThat(Pins.of(spark, folder.resolve("warehouse/training/rows").toString())
                        .all())
                .extracting(Pin::version)
                .containsExactlyInAnyOrder(trainingSet(versions.get(0)), trainingSet(versions.get(2)), atWork);
        assertThat(studies()).containsExactlyInAnyOrder(study(versions.get(0)), study(versions.get(2)));
        assertThat(folder.resolve("warehouse/.staging/killed")).doesNotExist();
        assertThat(folder.resolve("warehouse/matrices")).isEmptyDirectory();
        for (int kept : new int[] {0, 2}) {
            spark.read()
                    .format("delta")
                    .option("versionAsOf", trainingSet(versions.get(kept)))
                    .load(folder.resolve("warehouse/training/rows").toString())
                    .collectAsList();
        }
        JobContext again =
                later(context("retention={bundles: 1, training_sets: 1, studies: 30 days}"), Duration.ofDays(31));
        assertThat(new RetentionJob(again).run(false).lines()).isEmpty();
        assertThat(new TrainJob(context("search.seed=3", "training.features={x: x + 3}"))
                        .run()
                        .reused())
                .isTrue();
    }

    @Test
    void aPipelineThatSaysNothingKeepsAll() throws IOException {
        spark.range(1).write().parquet(folder.resolve("rows").toString());

        assertThat(new RetentionJob(later(context(), Duration.ofDays(10_000)))
                        .run(false)
                        .lines())
                .isEmpty();
    }

    private static long files(RetentionJob.Result result, String table) {
        return result.tables().stream()
                .filter(each -> each.table().equals(table))
                .mapToLong(FeatureJobs.Vacuumed::files)
                .sum();
    }

    private static long trainingSet(ModelVersion version) {
        return Long.parseLong(version.lineage().inputs().get(0).version());
    }

    private static String study(ModelVersion version) {
        return version.lineage().study();
    }

    private List<String> studies() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("warehouse/studies"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    private JobContext context(String... settings) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                name: rows
                sources: {rows: rows}
                training: {rows: rows, key: id, label: y, features: [x]}
                search: {learners: [xgboost], trials: 1}
                score: {rows: rows, to: predictions}
                """);
        Pipeline pipeline = PipelineFile.load(file, Optional.empty(), List.of(settings), Map.of());
        Console console =
                new Console(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        return JobContext.of(pipeline, Instant.parse("2026-01-01T00:00:00Z"), spark, Map.of(), console);
    }

    private static JobContext later(JobContext now, Duration time) {
        return new JobContext(
                now.pipeline(),
                now.asOf(),
                now.spark(),
                now.warehouse(),
                now.storage(),
                now.registry(),
                now.environment(),
                Clock.offset(now.clock(), time),
                now.console());
    }
}
