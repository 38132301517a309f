package io.trainyard.features.build;

import static io.trainyard.features.build.TestPipeline.forty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.Split.ColumnSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TrainingSetRefusalTest {

    private final SparkSession spark;

    @TempDir
    Path folder;

    private TestPipeline pipeline;

    TrainingSetRefusalTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void createPipeline() {
        pipeline = new TestPipeline(spark, folder);
    }

    @Test
    void failedDataNeverBecomeAVersion() throws IOException {
        Path rows = pipeline.write("rows.csv", "id,y,x", forty("%d,0,1", "7,0,1"));

        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).key("id"))).isInstanceOf(SourceException.class);

        assertThat(new VersionedTable(spark, pipeline.tables().resolve("fraud").toString()).history())
                .isEmpty();
    }

    @Test
    void keysMustBeUniqueAcrossRowsAndTestRows() throws IOException {
        Path rows = pipeline.write("rows.csv", "id,y,x", forty("%d,0,1"));
        Path tests = pipeline.write("tests.csv", "id,y,x", List.of("7,0,1"));
        Path gaps = pipeline.write("gaps.csv", "id,y,x", forty("%d,0,1", ",0,1"));

        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).key("id").testRows(tests)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("it repeats, such as 7 (2 rows)");
        assertThatThrownBy(() -> pipeline.build(Fraud.over(gaps).key("id")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot use column 'id' as key of training set 'fraud': it is null in 1 rows");
    }

    @Test
    void testRowsMustHaveTheSameColumnsAndKinds() throws IOException {
        Path rows = pipeline.write("rows.csv", "x,y", forty("%d,0"));
        Path missing = pipeline.write("missing.csv", "z,y", List.of("1,0"));
        Path text = pipeline.write("text.csv", "x,y", List.of("many,0"));

        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).testRows(missing)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("column 'x' not found in source 'tests'");
        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).testRows(text)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot test on source 'tests': 'x' is TEXT there, but NUMBER in source 'rows'");
    }

    @Test
    void emptyRowsLabelsAndPartsAreRefused() throws IOException {
        Path none = pipeline.write("none.csv", "x,y", List.of());
        Path unlabelled = pipeline.write("unlabelled.csv", "x,y", forty("%d,"));
        Path rows = pipeline.write("rows.csv", "x,y", forty("%d,0"));

        assertThatThrownBy(() -> pipeline.build(Fraud.over(none).label("x").features(Map.of("y", "y"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot build training set 'fraud': source 'rows' has no rows");
        assertThatThrownBy(() -> pipeline.build(Fraud.over(unlabelled)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("label 'y' is null in all 40 rows of source 'rows'");
        assertThatThrownBy(() -> pipeline.build(
                        Fraud.over(rows).split(new ColumnSplit("y", Set.of("0"), Set.of("1"), Set.of("2")))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(
                        "Cannot split training set 'fraud' by column 'y' (train [0], validation [1], test [2])")
                .hasMessageContaining("40 rows train and 0 validate in the search");
    }

    @Test
    void weightsMustBeWeights() throws IOException {
        Path rows = pipeline.write("rows.csv", "x,y,w", forty("%d,0,1", "41,0,-1", "42,0,"));

        assertThatThrownBy(() -> pipeline.build(Fraud.over(rows).weight("w")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot use column 'w' as weight in training set 'fraud'")
                .hasMessageContaining("2 rows have a negative weight, an infinite one or none, such as -1");
    }
}
