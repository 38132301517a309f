package io.trainyard.registry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.trainyard.registry.Event;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.Golden;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.SampleBundle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ModelVersion VERSION = new ModelVersion(
            "card-fraud",
            3,
            "a".repeat(64),
            "models/card-fraud/bundles/" + "a".repeat(64),
            AT,
            "run-1",
            SampleBundle.METADATA.scores(),
            SampleBundle.LINEAGE,
            Map.of("team", "Zürich"));

    private static final GateDecision DECISION = new GateDecision(List.of(
            new GateDecision.Verdict(
                    "min roc_auc", true, "roc_auc 0.9 must be at least 0.8", new TreeMap<>(Map.of("value", 0.9))),
            new GateDecision.Verdict(
                    "better_than champion roc_auc",
                    false,
                    "version 2 predicts a number",
                    new TreeMap<>(Map.of("share", Double.NaN)))));

    static Stream<Arguments> events() {
        return Stream.of(
                arguments("registered-1.json", new Event.Registered(4, AT, "alice", VERSION)),
                arguments("promoted-1.json", new Event.Promoted(5, AT, "bob", "champion", 3, 0, "line\nline")),
                arguments("rolled-back-1.json", new Event.RolledBack(6, AT, "bob", "champion", 2, 3, "drift")),
                arguments("judged-1.json", new Event.Judged(7, AT, "bob", "champion", 3, DECISION)),
                arguments("discarded-1.json", new Event.Discarded(8, AT, "bob", 3, "older than the 10 newest")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void theStoredFormIsTheGoldenFile(String golden, Event event) {
        assertThat(EventJson.write(event)).isEqualTo(Golden.text(golden));
        assertThat(EventJson.read(golden, Golden.text(golden))).isEqualTo(event);
    }

    @Test
    void anUnknownEventIsNamed() {
        String text = Golden.text("promoted-1.json").replace("\"promoted\"", "\"demoted\"");

        assertThatThrownBy(() -> EventJson.read("models/m/events/00000005.json", text))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot read models/m/events/00000005.json: event 5 has the unknown type 'demoted'");
    }

    @Test
    void aTimestampThatIsNoneIsNamed() {
        String text = Golden.text("promoted-1.json").replace("2026-01-02T", "2026-13-02T");

        assertThatThrownBy(() -> EventJson.read("event", text))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot read event: 'at' is no timestamp: '2026-13-02T03:04:05.678Z'");
    }
}
