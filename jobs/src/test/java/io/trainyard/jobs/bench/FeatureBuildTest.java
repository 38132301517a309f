package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FeatureBuildTest {

    @Test
    @Tag("slow")
    void bothWaysMakeTheSameRows(SparkSession spark) throws Exception {
        Report report = new FeatureBuild(spark, 1).measure(FeatureBuildRows.simulated(spark, 4000));

        assertThat(report.json().get("same_rows").asBoolean()).isTrue();
        assertThat(report.json().get("again_makes_no_version").asBoolean()).isTrue();
        JsonNode contestants = report.json().get("contestants");
        assertThat(contestants.findValuesAsText("contestant"))
                .containsExactly("incremental, 1 % new", "full rebuild", "the same build again");
        assertThat(report.text()).contains("rows of both, 8,000: the same; the same build again makes no version");
    }
}
