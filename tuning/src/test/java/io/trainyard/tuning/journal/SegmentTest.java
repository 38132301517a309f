package io.trainyard.tuning.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.StudyEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SegmentTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");

    private static final Segment SEGMENT = new Segment(
            "driver-1",
            List.of(
                    new StudyEvent.Owned("fraud", "x: float [0.0, 1.0]\nMINIMIZE, seed 7, free", NOW),
                    new StudyEvent.Asked(
                            0, Params.of(Map.of("eta", 0.1, "depth", 6L, "booster", "gbtree")), List.of(), NOW),
                    new StudyEvent.Asked(1, Params.of(Map.of("eta", 1.0)), List.of(0), NOW),
                    new StudyEvent.Told(
                            0,
                            new Outcome.Complete(0.25, new TreeMap<>(Map.of("rounds", 60.0, "auc", Double.NaN))),
                            NOW),
                    new StudyEvent.Told(1, new Outcome.Lost("executor 3 exited"), NOW),
                    new StudyEvent.Told(1, new Outcome.Pruned(4, 0.5), NOW),
                    new StudyEvent.Told(2, new Outcome.Failed("loss is NaN"), NOW)));

    private static final Segment REPORTS = new Segment(
            "driver-1",
            List.of(
                    new StudyEvent.Reported(0, 4, 0.25, Decision.GO_ON, NOW),
                    new StudyEvent.Reported(1, 4, 0.5, Decision.WAIT, NOW),
                    new StudyEvent.Reported(2, 4, Double.NaN, Decision.STOP, NOW),
                    new StudyEvent.Resumed(1, NOW)));

    /** Journals of format 1 must stay readable, and what is written today must be format 1. */
    @Test
    void isTheStoredFormat() throws IOException {
        assertIsStored(SEGMENT, "segment-format-1.jsonl");
        assertIsStored(REPORTS, "segment-format-1-reports.jsonl");
    }

    @Test
    void saysWhichDecisionItDoesNotKnow() {
        String line =
                new String(REPORTS.encode(), UTF_8).lines().skip(1).findFirst().orElseThrow();

        assertThatThrownBy(() -> EventJson.read(new ObjectMapper().readTree(line.replace("go_on", "hurry"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown decision 'hurry'");
    }

    @Test
    void findsEveryChangedByte() {
        for (int position = 0; position < SEGMENT.encode().length; position++) {
            byte[] content = SEGMENT.encode();
            content[position] ^= 1;

            assertThatThrownBy(() -> Segment.decode(content))
                    .as("byte %d changed", position)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)(its checksum is|it holds no JSON|it is cut off).*");
        }
    }

    @Test
    void findsEveryCut() {
        byte[] content = SEGMENT.encode();
        for (int length = 0; length < content.length; length++) {
            byte[] cut = Arrays.copyOf(content, length);
            assertThat(Segment.isCut(cut)).as("cut to %d bytes", length).isTrue();
            assertThatThrownBy(() -> Segment.decode(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Segment.isCut(content)).isFalse();
    }

    @Test
    void keepsWhatItDeclaresVoid() {
        Segment claim = new Segment("driver-2", SEGMENT.events(), 2);

        assertThat(Segment.decode(claim.encode())).isEqualTo(claim);
    }

    @Test
    void saysWhenItIsOfANewerRelease() {
        byte[] newer = """
                {"format":2,"writer":"driver-1"}
                {"crc32c":"5ac4a03a"}
                """.getBytes(UTF_8);

        assertThatThrownBy(() -> Segment.decode(newer)).hasMessage("its format is 2, and this release reads 1");
    }

    private static void assertIsStored(Segment segment, String name) throws IOException {
        try (InputStream file = SegmentTest.class.getResourceAsStream(name)) {
            byte[] golden = file.readAllBytes();
            assertThat(new String(segment.encode(), UTF_8)).isEqualTo(new String(golden, UTF_8));
            assertThat(Segment.decode(golden)).isEqualTo(segment);
        }
    }
}
