package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalLoadTest {
    @Test
    void readsWhatItWrote() throws Exception {
        Report report = new JournalLoad(5, 2).measure();

        assertThat(report.json().get("files").asInt()).isEqualTo(1 + 2 * 5);
        assertThat(report.json().get("runs")).hasSize(2);
        assertThat(report.text()).contains("first read");
    }
}
