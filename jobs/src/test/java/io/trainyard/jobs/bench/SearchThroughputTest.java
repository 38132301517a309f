package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@ExtendWith(SparkExtension.class)
class SearchThroughputTest {
    private static final int ROWS = 400;
    private static final int COLUMNS = 4;

    /** That ours and the native loops find equal values is checked by the benchmark itself. */
    @Test
    void measuresAllContestants(SparkSession spark) throws Exception {
        Dataset<Row> rows = BenchRows.simulated(spark, ROWS, COLUMNS, 1, 2);

        Report report = new SearchThroughput(3, 3, 2, 1, 2).measure(rows);

        JsonNode contestants = report.json().get("contestants");
        assertThat(contestants.findValuesAsText("contestant"))
                .containsExactly("ours", "Spark TrainValidationSplit", "plain native loops");
        assertThat(contestants.findValuesAsText("trials")).containsExactly("3", "2", "3");
        for (JsonNode contestant : contestants) {
            assertThat(contestant.at("/seconds/median").asDouble()).isPositive();
            assertThat(contestant.get("runs")).hasSize(1);
            assertThat(contestant.get("trials_per_second").asDouble()).isPositive();
            assertThat(contestant.get("ratio_to_ours").asDouble()).isPositive();
            assertThat(contestant.get("best_auc").asDouble()).isBetween(0.5, 1.0);
            assertThat(report.text()).contains(contestant.get("contestant").textValue());
        }
        assertThat(report.json().at("/settings/rows").asInt()).isEqualTo(ROWS);
        assertThat(report.json().at("/settings/columns").asInt()).isEqualTo(COLUMNS);
    }

    @Test
    void readsStoredRows(SparkSession spark, @TempDir Path folder) {
        String files = folder.resolve("rows").toString();
        spark.range(0, 10, 1, 1)
                .select(
                        functions.col("id").mod(2).as("label"),
                        functions.col("id").cast("float").as("a"),
                        functions.col("id").multiply(2).as("b"))
                .write()
                .parquet(files);

        Row row = BenchRows.stored(spark, files, 1).collectAsList().get(3);

        float[] features = new float[2];
        BenchRows.features(row, features, 0);
        assertThat(features).containsExactly(3, 6);
        assertThat(row.<Double>getAs(BenchRows.LABEL)).isEqualTo(1);
    }
}
