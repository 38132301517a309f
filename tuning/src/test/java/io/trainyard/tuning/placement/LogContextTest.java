package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.SparkExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

@ExtendWith(SparkExtension.class)
class LogContextTest {
    private final JavaSparkContext context;

    LogContextTest(SparkSession spark) {
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    @Test
    void linesOfThisThreadAndOfItsTasksAreLabelled() {
        LogContext study = LogContext.open(Map.of("study", "visits"));
        LogContext trial = LogContext.open(Map.of("study", "visits-2", "trial", "12"));
        assertThat(MDC.get("mdc.trial")).isEqualTo("12");
        assertThat(ofTask("trial")).isEqualTo("12");
        assertThat(ofTask("study")).isEqualTo("visits-2");
        assertThat(LogContext.labels()).isEqualTo(Map.of("study", "visits-2", "trial", "12"));
        assertThat(CompletableFuture.supplyAsync(() -> String.valueOf(MDC.get("mdc.trial")))
                        .join())
                .as("another thread")
                .isEqualTo("null");

        trial.close();
        assertThat(ofTask("study")).isEqualTo("visits");
        assertThat(ofTask("trial")).isEqualTo("null");

        study.close();
        assertThat(ofTask("study")).isEqualTo("null");
        assertThat(LogContext.labels()).isEmpty();
    }

    private String ofTask(String label) {
        LogContext.carryTo(context.sc());
        return context.parallelize(List.of(1), 1)
                .map(one -> String.valueOf(MDC.get("mdc." + label)))
                .first();
    }
}
