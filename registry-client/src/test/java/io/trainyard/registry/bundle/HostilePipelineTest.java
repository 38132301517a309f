package io.trainyard.registry.bundle;

import io.trainyard.registry.Refusal;
import io.trainyard.registry.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata of Spark ML that would have Spark load code, or read elsewhere. The manifest fits them. */
class HostilePipelineTest {
    private static final String SPARK = "sparkml/stages/0_a/metadata/part-00000";

    @TempDir
    private Path folder;

    private Path directory;

    @BeforeEach
    void writeBundle() {
        directory = folder.resolve("bundle");
        SampleBundle.write(directory, "booster");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.Evil",
                "java.lang.Runtime",
                "javax.script.ScriptEngineManager",
                "org.apache.spark.sql.SparkSession",
                "org.apache.spark.ml.feature.SQLTransformer",
                "org.apache.spark.ml.",
                "org.apache.spark.ml/../Evil",
                "org.\\u0430pache.spark.ml.PipelineModel",
                "org.apache.spark.ml.PipelineModel\\n",
                " org.apache.spark.ml.PipelineModel",
                "ml.dmlc.xgboost4j.scala.sparkevil.Model"
            })
    void aClassThatIsNotAllowedIsRefused(String name) throws IOException {
        pipeline(SPARK, "{\"class\":\"%s\"}".formatted(name));

        refused("which could run code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"org.apache.spark.ml.PipelineModel\"]", "{}", "7", "null", "true"})
    void aClassThatIsNoTextIsRefused(String name) throws IOException {
        pipeline(SPARK, "{\"class\":%s}".formatted(name));

        refused("which could run code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sparkml/Metadata/part-00000",
                "sparkml/METADATA/part-00000",
                "sparkml/metadata/Part-00000.gz",
                "sparkml/metadata/sub/part-00000",
                "SparkML/metadata/other"
            })
    void metadataInAnotherPlaceAreRefused(String path) throws IOException {
        pipeline(path, "{\"class\":\"org.apache.spark.ml.PipelineModel\"}");
        SampleBundle.file(directory, SPARK, "{\"class\":\"org.apache.spark.ml.PipelineModel\"}");
        SampleBundle.seal(directory);

        refused("is no metadata that Spark ML writes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["../../evil"]   | names the stage '../../evil', which is no name
            ["a/b"]          | names the stage 'a/b', which is no name
            [["a"]]          | names the stage '', which is no name
            ["a\\u0000"]     | names the stage 'a\\u0000', which is no name
            """)
    void aStageThatIsNoNameIsRefused(String stages, String message) throws IOException {
        pipeline(
                SPARK,
                "{\"class\":\"org.apache.spark.ml.PipelineModel\",\"paramMap\":{\"stageUids\":%s}}".formatted(stages));

        refused(message);
    }

    @Test
    void metadataOfPipelinesAreNotNestedEndlessly() throws IOException {
        pipeline(SPARK, "{\"class\":\"org.apache.spark.ml.PipelineModel\",\"paramMap\":" + "[".repeat(100_000));

        refused("file '%s' is not JSON".formatted(SPARK));
    }

    private void pipeline(String path, String metadata) throws IOException {
        Files.delete(directory.resolve("model.ubj"));
        SampleBundle.file(directory, "sparkml/data", "");
        SampleBundle.file(directory, path, metadata);
        SampleBundle.seal(directory);
    }

    private void refused(String message) {
        Surroundings before = Surroundings.of(folder);
        Refusal.of(() -> Bundle.open(directory), message);
        before.requireUntouched();
    }
}
