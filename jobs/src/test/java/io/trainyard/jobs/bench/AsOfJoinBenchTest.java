package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.SparkExtension;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class AsOfJoinBenchTest {

    @Tag("slow")
    @Test
    void everyContestantFindsTheSame(SparkSession spark) throws Exception {
        AsOfBench bench = new AsOfBench(0, 1, new LimitedRun(spark.sparkContext(), Duration.ofMinutes(2)));

        Report report = AsOfJoinCommand.simulated(spark, bench, List.of(2000L), List.of(AsOfRows.Spread.HOT));

        JsonNode contestants = report.json().get("contestants");
        assertThat(contestants).hasSize(9);
        for (JsonNode contestant : contestants) {
            assertThat(contestant.get("note").asText()).as("%s", contestant).isEmpty();
            assertThat(contestant.get("checked").asText())
                    .as("%s", contestant)
                    .isIn("1,000 of 1,000 rows, 0 differ", "moves rows only");
        }
        assertThat(report.text()).contains("union and last value (tempo)");
    }
}
