package io.trainyard.features.view;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Split.TimeSplit;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDefinitionTest {

    private static final Source ROWS = Source.of("rows", Location.Files.at("rows.csv"));
    private static final Split THIRDS = new HashSplit(0.3, 0.3, 1, Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a b", "_hidden", "-x"})
    void namesThatAreNoFoldersAreRefused(String name) {
        assertThatThrownBy(() -> definition(name, ROWS, Optional.empty(), Map.of(), List.of(), THIRDS))
                .hasMessageContaining("Cannot name a training set '%s'", name);
    }

    @Test
    void droppingFromListedFeaturesIsRefused() {
        assertThatThrownBy(() -> definition("fraud", ROWS, Optional.empty(), Map.of("a", "a"), List.of("b"), THIRDS))
                .hasMessageContaining("Cannot drop [b] from training set 'fraud'");
    }

    @Test
    void splitByTimeNeedsAnEventTime() {
        LocalDateTime from = LocalDateTime.parse("2018-08-08T00:00");
        Split split = new TimeSplit(Period.ofDays(7), Period.ZERO, Period.ofDays(7), from, from.plusDays(7));

        assertThatThrownBy(() -> definition("fraud", ROWS, Optional.empty(), Map.of(), List.of(), split))
                .hasMessageContaining("declare the event time of source 'rows'");
    }

    @Test
    void oneTestIsNeededAndNoMore() {
        Source tests = Source.of("tests", Location.Files.at("tests.csv"));
        Split untested = new HashSplit(0.3, 0, 1, Optional.empty());

        assertThatThrownBy(() -> definition("fraud", ROWS, Optional.of(tests), Map.of(), List.of(), THIRDS))
                .hasMessageContaining("its test rows come from source 'tests'");
        assertThatThrownBy(() -> definition("fraud", ROWS, Optional.empty(), Map.of(), List.of(), untested))
                .hasMessageContaining("nothing is left to test");
    }

    private static TrainingDefinition definition(
            String name,
            Source rows,
            Optional<Source> tests,
            Map<String, String> features,
            List<String> drop,
            Split split) {
        return new TrainingDefinition(
                name,
                rows,
                tests,
                Optional.empty(),
                "label",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                features,
                List.of(),
                drop,
                split);
    }
}
