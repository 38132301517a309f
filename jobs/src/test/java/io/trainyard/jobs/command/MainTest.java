package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MainTest {
    /** Databricks tells by a variable, the cluster mode of YARN by a property; elsewhere the exit code is the answer. */
    @Test
    void leavesTheProcessToThePlatformThatOwnsIt() {
        Properties none = new Properties();
        Properties yarn = new Properties();
        yarn.setProperty("spark.yarn.app.id", "application_1_0001");

        assertThat(Main.platformOwnsProcess(Map.of(), none)).isFalse();
        assertThat(Main.platformOwnsProcess(Map.of("DATABRICKS_RUNTIME_VERSION", "16.4"), none))
                .isTrue();
        assertThat(Main.platformOwnsProcess(Map.of(), yarn)).isTrue();
    }
}
