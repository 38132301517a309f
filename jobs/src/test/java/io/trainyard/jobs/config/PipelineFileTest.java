package io.trainyard.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.jobs.config.binding.OptionValue;
import io.trainyard.jobs.config.binding.Problem;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.Preset;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineFileTest {
    private static final String MINIMAL = """
            name: fraud
            sources: {tx: data/transactions}
            training: {rows: tx, label: is_fraud}
            """;

    @TempDir
    private Path folder;

    @Test
    void aMinimalFileGetsTheDefaults() throws IOException {
        assertThat(load(MINIMAL))
                .isEqualTo(new Pipeline(
                        1,
                        "fraud",
                        ZoneId.of("UTC"),
                        new DataPath(folder.resolve("warehouse").toString(), true),
                        Map.of("tx", files("data/transactions", Optional.empty())),
                        Map.of(),
                        new TrainingConfig(
                                "tx",
                                Optional.empty(),
                                Optional.empty(),
                                "is_fraud",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                List.of(),
                                List.of(),
                                new SplitConfig.Hash(
                                        Optional.empty(),
                                        Optional.empty(),
                                        false,
                                        Optional.empty(),
                                        0,
                                        Optional.empty())),
                        new SearchConfig(
                                Optional.empty(),
                                List.of(),
                                List.of(LearnerName.XGBOOST),
                                40,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                SamplerName.AUTO,
                                PrunerName.NONE,
                                PlacementName.AUTO,
                                DeviceName.CPU,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                2000,
                                50,
                                Preset.DEFAULT,
                                Map.of(),
                                List.of(),
                                List.of(),
                                true,
                                0,
                                false,
                                CalibrationName.PLATT,
                                Map.of(),
                                List.of(),
                                Optional.empty()),
                        new RegisterConfig(
                                Optional.empty(),
                                RegistryName.PATH,
                                "champion",
                                List.of(),
                                Optional.empty(),
                                List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new RetentionConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        new DeployConfig(
                                JobCommand.RUN,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                "local[*]",
                                Optional.empty(),
                                new DeployConfig.Driver(2, "4g"),
                                2,
                                new DeployConfig.Executor(4, "8g", "4g", 0),
                                Map.of(),
                                0,
                                Optional.empty(),
                                Map.of(),
                                new DatabricksConfig("16.4.x-scala2.12", "m5d.2xlarge", Optional.empty()),
                                new EmrConfig(
                                        "emr-7.12.0",
                                        "m5.2xlarge",
                                        Optional.empty(),
                                        "EMR_DefaultRole_V2",
                                        "EMR_EC2_DefaultRole",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                Optional.empty(),
                                new KubernetesConfig("default", "spark", Optional.empty()),
                                Optional.empty())));
    }

    @Test
    void everySectionIsRead() throws IOException {
        Pipeline pipeline = load(Examples.FULL, Map.of("DB_PASSWORD", "hunter2"));

        assertThat(pipeline.timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(pipeline.warehouse()).isEqualTo(new DataPath("s3a://bucket/fraud", false));
        assertThat(pipeline.sources())
                .containsOnlyKeys("transactions", "customers", "new_transactions")
                .containsEntry("transactions", files("data/transactions", Optional.of("tx_time")))
                .containsEntry(
                        "customers",
                        new SourceConfig.Table("crm.customers", Optional.empty(), Map.of(), Map.of(), List.of()));
        assertThat(pipeline.training().features())
                .containsExactly(Map.entry("amount", "amount"), Map.entry("weekend", "dayofweek(tx_time) in (1, 7)"));
        assertThat(pipeline.training().task()).contains(Task.BINARY);
        assertThat(pipeline.training().positive()).contains("yes");
        assertThat(pipeline.training().split())
                .isEqualTo(new SplitConfig.Time(
                        Period.ofDays(7),
                        Duration.ofHours(12),
                        Period.ofDays(14),
                        1,
                        new SplitConfig.TimeWindow(
                                Instant.parse("2018-08-07T22:00:00Z"), Instant.parse("2018-08-15T06:30:00Z")),
                        Optional.empty()));
        assertThat(pipeline.search().metric()).contains(Metric.AVERAGE_PRECISION);
        assertThat(pipeline.search().timeout()).contains(Duration.ofMinutes(20));
        assertThat(pipeline.search().space())
                .isEqualTo(Map.of(
                        LearnerName.XGBOOST,
                        Map.of(
                                "learning_rate",
                                        new ParameterConfig.Between(0.01, 0.3, true, Optional.empty(), Map.of()),
                                "max_depth", new ParameterConfig.Between(3, 9, false, Optional.of(2.0), Map.of()),
                                "grow_policy", new ParameterConfig.Fixed("lossguide", Map.of()),
                                "subsample", new ParameterConfig.Choices(List.of("0.5", "1.0"), false, Map.of()))));
        assertThat(pipeline.register().promoteIf())
                .containsExactly(
                        new GateConfig.Minimum(Map.of(Metric.AVERAGE_PRECISION, 0.4)),
                        new GateConfig.Maximum(Map.of(Metric.LOG_LOSS, 0.7)),
                        new GateConfig.NotWorseThan("champion", 0.02, Optional.of(Metric.ROC_AUC), 0.5),
                        new GateConfig.BetterThan("baseline", 0, Optional.empty(), 0.95),
                        new GateConfig.Slices(List.of("channel"), 0.2, Optional.empty(), 200),
                        new GateConfig.Calibration(0.05),
                        new GateConfig.Size("50 MB"));
        assertThat(pipeline.score())
                .contains(new ScoreConfig(
                        "new_transactions",
                        List.of("customer_id"),
                        "predictions",
                        "challenger",
                        Optional.of("3"),
                        true));
        assertThat(pipeline.modelName()).isEqualTo("card-fraud-model");
    }

    @Test
    void searchesMayBeConditionalConstrainedAndStopped() throws IOException {
        SearchConfig search = load(MINIMAL + """
                search:
                  metrics: [roc_auc, log_loss]
                  preset: wide
                  stop: {no_improvement: 30, target: 0.9, regret: 0.001}
                  space:
                    xgboost:
                      max_leaves: {low: 8, high: 256, log: true, when: {grow_policy: lossguide}}
                      grow_policy: [depthwise, lossguide]
                  constraints: [xgboost.max_leaves <= 2 ^ xgboost.max_depth]
                  enqueue: [{max_depth: 4}]
                  warm_start: previous
                """.replace("      max_bin_share: {choices: [1, 2], ordered: true}\n", ""))
                .search();
        LearnerSpace space = DeclaredSpace.of(search);

        assertThat(search.stop()).contains(new StopConfig(Optional.of(30), Optional.of(0.9), Optional.of(0.001)));
        assertThat(space.space().parameter("xgboost.max_leaves").condition())
                .contains(new Condition("xgboost.grow_policy", Set.of("lossguide")));
        assertThat(space.space().constraints()).hasToString("[xgboost.max_leaves <= 2 ^ xgboost.max_depth]");
        assertThat(DeclaredSpace.enqueued(space, search.enqueue().get(0)).integer("xgboost.max_depth"))
                .isEqualTo(4);
    }

    @Test
    void jsonIsAccepted() throws IOException {
        assertThat(load(Examples.JSON)).isEqualTo(load(MINIMAL));
    }

    @Test
    void shortFormsMeanTheirLongForms() throws IOException {
        Pipeline brief = load("""
                name: fraud
                sources: {tx: data/transactions}
                training: {rows: tx, label: is_fraud, split: hash, features: [amount, a b], drop: []}
                search: {learners: random_forest}
                """);
        Pipeline full = load("""
                name: fraud
                sources: {tx: {path: data/transactions}}
                training:
                  rows: tx
                  label: is_fraud
                  split: {by: hash}
                  features: {amount: "`amount`", a b: "`a b`"}
                search: {learners: [random_forest]}
                """);

        assertThat(brief).isEqualTo(full);
    }

    @Test
    void commentsAndLayoutChangeNothing() throws IOException {
        Pipeline tidy = load("""
                # a comment
                training:
                    label:   is_fraud   # another
                    rows: "tx"

                search: { }
                sources:
                  tx:
                    path: 'data/transactions'
                version: 1
                name: >-
                  fraud
                """);

        assertThat(tidy).isEqualTo(load(MINIMAL));
    }

    @Test
    void theTestShareIsZeroWhereTestRowsAreTheirOwnSource() throws IOException {
        SplitConfig split = load("""
                        name: p
                        sources: {tx: data, held: held.csv}
                        training: {rows: tx, test_rows: held, label: y}
                        """).training().split();

        assertThat(split).isInstanceOfSatisfying(SplitConfig.Hash.class, hash -> {
            assertThat(hash.testShare(true)).isZero();
            assertThat(hash.testShare(false)).isEqualTo(0.2);
        });
    }

    @Test
    void relativePathsStartAtTheFileAndUrisStay() throws IOException {
        Pipeline pipeline = load("""
                name: p
                warehouse: ../shared/warehouse
                sources: {a: /data/a, b: "s3a://bucket/b/../c", c: dbfs:/c, d: data/*.parquet}
                training: {rows: a, label: y}
                """);

        assertThat(pipeline.warehouse())
                .isEqualTo(
                        new DataPath(folder.resolveSibling("shared/warehouse").toString(), true));
        assertThat(pipeline.sources().values())
                .extracting(source -> ((SourceConfig.Files) source).path())
                .containsExactly(
                        new DataPath("/data/a", false),
                        new DataPath("s3a://bucket/b/../c", false),
                        new DataPath("dbfs:/c", false),
                        new DataPath(folder.resolve("data/*.parquet").toString(), true));
    }

    @Test
    void variablesAreExpandedButNeitherStoredNorPrinted() throws IOException {
        String text = """
                name: ${NAME:-fallback}
                warehouse: ${EMPTY:-s3a://bucket}/p
                sources: {tx: {path: data, options: {password: "${DB_PASSWORD}", literal: "$${x}"}}}
                training: {rows: tx, label: y}
                search: {trials: "${TRIALS}"}
                """;

        PipelineFile file = PipelineFile.read(
                PipelineText.of(write(text)),
                Optional.empty(),
                List.of(),
                Map.of("DB_PASSWORD", "hunter2", "TRIALS", "7", "EMPTY", ""));

        Pipeline pipeline = file.pipeline();
        assertThat(pipeline.name()).isEqualTo("fallback");
        assertThat(pipeline.warehouse().resolved()).isEqualTo("s3a://bucket/p");
        assertThat(pipeline.search().trials()).isEqualTo(7);
        assertThat(((SourceConfig.Files) pipeline.sources().get("tx")).options())
                .containsEntry("password", new OptionValue("${DB_PASSWORD}", "hunter2"))
                .containsEntry("literal", new OptionValue("$${x}", "${x}"));
        assertThat(pipeline.toString()).contains("${DB_PASSWORD}").doesNotContain("hunter2");
        assertThat(file.storedText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/projects/a,      ./data,     /projects/a/data, true",
        "s3a://bucket,     data/a,     s3a://bucket/data/a, false",
        "s3a://bucket/a/b, ../data,    s3a://bucket/a/data, false",
        "hdfs:///a,        data,       hdfs:///a/data, false",
        "s3a://bucket/a,   /shared/x,  /shared/x, false",
        "s3a://bucket/a,   gs://other, gs://other, false"
    })
    void relativePathsStartWhereTheFileIs(String folder, String path, String resolved, boolean relative) {
        String text = MINIMAL + "warehouse: " + path;

        Pipeline pipeline = PipelineFile.read(
                        new PipelineText("p.yaml", folder, text), Optional.empty(), List.of(), Map.of())
                .pipeline();

        assertThat(pipeline.warehouse()).hasToString(resolved);
        assertThat(pipeline.warehouse().relative()).isEqualTo(relative);
    }

    @Test
    void aTargetIsLaidOverTheFileAndSettingsOverBoth() throws IOException {
        Path file = write(MINIMAL + """
                  search: {trials: 10, timeout: 1 h, seed: 3}
                  targets:
                    prod: {warehouse: "s3a://bucket", search: {trials: 100, timeout: null}}
                    dev: {name: fraud-dev}
                  """);

        Pipeline prod = PipelineFile.load(
                file,
                Optional.of("prod"),
                List.of("search.seed=4", "search.learners=[xgboost, random_forest]"),
                Map.of());

        assertThat(prod.name()).isEqualTo("fraud");
        assertThat(prod.warehouse().resolved()).isEqualTo("s3a://bucket");
        assertThat(prod.search().trials()).isEqualTo(100);
        assertThat(prod.search().timeout()).isEmpty();
        assertThat(prod.search().seed()).isEqualTo(4);
        assertThat(prod.search().learners()).containsExactly(LearnerName.XGBOOST, LearnerName.RANDOM_FOREST);
    }

    @Test
    void aTargetMaySupplyWhatTheFileLacks() throws IOException {
        Path file = write("""
                name: p
                sources: {tx: data}
                training: {rows: tx}
                targets:
                  a: {training: {label: y}}
                  b: {search: {seed: 1}}
                """);

        assertThat(PipelineFile.load(file, Optional.of("a"), List.of(), Map.of())
                        .training()
                        .label())
                .isEqualTo("y");
    }

    @Test
    void problemsOfTheCommandLineNameTheArgument() throws IOException {
        Path file = write(MINIMAL + "targets: {prod: {name: p}}\n");
        List<String> sets = List.of("search.trails=1", "search.seed=x", "seed", "score.to=[", "training.rows=tz");

        assertThatThrownBy(() -> PipelineFile.load(file, Optional.of("prd"), sets, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        6 problems in %s
                        --set score.to: not valid YAML at column 2: a value is missing, or a bracket that is not closed
                        --set search.seed: expected a whole number such as 40, found 'x'
                        --set search.trails: unknown key (did you mean 'trials'?)
                        --set seed: expected path=value, such as search.trials=10
                        --set training.rows: source 'tz' is not declared (did you mean 'tx'?)
                        --target: target 'prd' is not declared (did you mean 'prod'?)""".formatted(file));
    }

    @Test
    void problemsAreGivenAsValues() throws IOException {
        Path file = write(MINIMAL + "serch: {}\n");

        assertThatThrownBy(() -> PipelineFile.load(file, Optional.empty(), List.of(), Map.of()))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        exception -> assertThat(exception.problems())
                                .containsExactly(new Problem(4, "serch", "unknown key (did you mean 'search'?)")));
    }

    @Test
    void aMissingFileNamesTheNearestOne() throws IOException {
        write(MINIMAL);

        assertThatThrownBy(
                        () -> PipelineFile.load(folder.resolve("pipelne.yaml"), Optional.empty(), List.of(), Map.of()))
                .hasMessageContaining("pipelne.yaml: no such file (did you mean 'pipeline.yaml'?)");
        assertThatThrownBy(() -> PipelineFile.load(folder, Optional.empty(), List.of(), Map.of()))
                .hasMessageContaining("is a folder: name the file in it (did you mean 'pipeline.yaml'?)");
    }

    @Test
    void aFileThatIsNoTextIsSaidToBeNone() throws IOException {
        Path file = Files.write(folder.resolve("latin1.yaml"), "name: Müller".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PipelineFile.load(file, Optional.empty(), List.of(), Map.of()))
                .hasMessageContaining("latin1.yaml: is not UTF-8 text: save it in UTF-8");
    }

    private SourceConfig files(String path, Optional<String> eventTime) {
        return new SourceConfig.Files(
                new DataPath(folder.resolve(path).toString(), true),
                Optional.empty(),
                Map.of(),
                eventTime,
                Map.of(),
                Map.of(),
                List.of());
    }

    private Pipeline load(String text) throws IOException {
        return load(text, Map.of());
    }

    private Pipeline load(String text, Map<String, String> environment) throws IOException {
        return PipelineFile.load(write(text), Optional.empty(), List.of(), environment);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), text);
    }
}
