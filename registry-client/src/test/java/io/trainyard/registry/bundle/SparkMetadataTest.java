package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkMetadataTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark.ml.PipelineModel",
                "org.apache.spark.ml.classification.LogisticRegressionModel",
                "ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel"
            })
    void stagesOfSparkAndXgboostPass(String name) {
        stage(name);

        assertThat(write().flavor()).isEqualTo(Flavor.SPARK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.Evil",
                "org.apache.spark.mlevil.Model",
                "org.apache.spark.ml",
                "org.apache.spark.ml.feature.SQLTransformer",
                "xorg.apache.spark.ml.PipelineModel",
                "org.apache.spark.ml.../Evil",
                ""
            })
    void otherClassesAreRefused(String name) {
        stage(name);

        assertThatThrownBy(this::write)
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'sparkml/stages/0_a/metadata/part-00000' names the class '" + name + "'");
    }

    @Test
    void everyLineOfEveryPartIsRead() {
        stage("org.apache.spark.ml.PipelineModel");
        SampleBundle.file(
                directory,
                "sparkml/metadata/part-00001",
                "{\"class\":\"org.apache.spark.ml.PipelineModel\"}\n{\"class\":\"com.example.Evil\"}\n");

        assertThatThrownBy(this::write)
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("part-00001' names the class 'com.example.Evil'");
    }

    @Test
    void aClassNamedTwiceIsRefused() {
        SampleBundle.file(
                directory,
                "sparkml/metadata/part-00000",
                "{\"class\":\"com.example.Evil\",\"class\":\"org.apache.spark.ml.PipelineModel\"}");

        assertThatThrownBy(this::write)
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("Duplicate field 'class'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sparkml/metadata/part-00000.gz", "sparkml/metadata/evil", "sparkml/metadata"})
    void whatSparkWouldReadBesideItsPartsIsRefused(String path) {
        SampleBundle.file(directory, path, "{\"class\":\"org.apache.spark.ml.PipelineModel\"}");

        assertThatThrownBy(this::write)
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file '%s' is no metadata that Spark ML writes".formatted(path));
    }

    @Test
    void aStageOutsideTheBundleIsRefused() {
        SampleBundle.file(
                directory,
                "sparkml/metadata/part-00000",
                "{\"class\":\"org.apache.spark.ml.PipelineModel\",\"paramMap\":{\"stageUids\":[\"/../../../evil\"]}}");

        assertThatThrownBy(this::write)
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("names the stage '/../../../evil'");
    }

    private void stage(String name) {
        SampleBundle.file(directory, "sparkml/stages/0_a/metadata/_SUCCESS", "");
        SampleBundle.file(
                directory,
                "sparkml/stages/0_a/metadata/part-00000",
                "{\"class\":\"%s\",\"uid\":\"a\"}\n".formatted(name));
    }

    private Bundle write() {
        return BundleWriter.write(directory, SampleBundle.ENCODING, SampleBundle.METADATA);
    }
}
