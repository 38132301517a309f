package io.trainyard.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.profile.Verdict;
import io.trainyard.registry.Score;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WindowReportJsonTest {
    @Test
    void aReportIsReadAsItWasWritten() {
        WindowReport report = Reports.report(1, 200, Verdict.DRIFTED, Score.of("log_loss", Double.NaN));

        assertThat(WindowReportJson.read(WindowReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void aStoredReportOfFormat1StaysReadable() throws IOException {
        WindowReport report = Reports.report(1, 200, Verdict.DRIFTED, Score.of("log_loss", Double.NaN));
        try (InputStream stored = getClass().getResourceAsStream("window-report-1.json")) {
            String json = new String(stored.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(WindowReportJson.read(json)).isEqualTo(report);
        }
    }

    @Test
    void aNewerFormatIsRefused() {
        String newer = WindowReportJson.write(Reports.calm(1, 200)).replace("\"format\":1", "\"format\":2");

        assertThatThrownBy(() -> WindowReportJson.read(newer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be of format 1, but is of format 2");
    }
}
