package io.trainyard.features.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.view.Split.ColumnFoldSplit;
import io.trainyard.features.view.Split.ColumnSplit;
import io.trainyard.features.view.Split.FoldSplit;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Split.TimeSplit;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    private static final LocalDateTime AUGUST = LocalDateTime.parse("2018-08-01T00:00");

    @ParameterizedTest
    @CsvSource({"0, 0.2", "-0.1, 0.2", "0.5, 0.5", "0.2, -0.1", "NaN, 0.1", "0.1, NaN"})
    void sharesThatLeaveAPartEmptyAreRefused(double validation, double test) {
        assertThatThrownBy(() -> new HashSplit(validation, test, 1, Optional.empty()))
                .hasMessageContaining("Cannot split with shares validation %s and test %s", validation, test);
    }

    @Test
    void aValueInTwoPartsIsRefused() {
        assertThatThrownBy(() -> new ColumnSplit("part", Set.of("a", "b"), Set.of("b"), Set.of("c")))
                .hasMessageContaining("a value is in two parts")
                .hasMessageContaining("validation [b]");
    }

    @Test
    void aPartWithoutValuesIsRefused() {
        assertThatThrownBy(() -> new ColumnSplit("part", Set.of("a"), Set.of(), Set.of("c")))
                .hasMessageContaining("one that validates ([])");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 32})
    void tooFewOrTooManyFoldsAreRefused(int folds) {
        assertThatThrownBy(() -> new FoldSplit(folds, 0.2, 1, Optional.empty(), false))
                .hasMessage("Cannot search over %d folds: from 2 to 31".formatted(folds));
    }

    @Test
    void foldsCannotBothKeepRowsTogetherAndShareLabels() {
        assertThatThrownBy(() -> new FoldSplit(5, 0.2, 1, Optional.of("customer"), true))
                .hasMessage("Cannot keep rows of one 'customer' together and stratify their labels: choose one");
    }

    @Test
    void aValueInAFoldAndTheTestIsRefused() {
        assertThatThrownBy(() -> new ColumnFoldSplit("part", List.of("a", "b"), Set.of("b")))
                .hasMessage("Cannot split by column 'part': a value is in two parts (folds [a, b], test [b])");
        assertThatThrownBy(() -> new ColumnFoldSplit("part", List.of("a"), Set.of("b")))
                .hasMessage("Cannot search over 1 folds: from 2 to 31");
    }

    @Test
    void windowsWithoutLengthAreRefused() {
        assertThatThrownBy(() -> new TimeSplit(Period.ZERO, Period.ZERO, Period.ofDays(1), AUGUST, AUGUST.plusDays(1)))
                .hasMessageContaining("the windows to train (P0D)");
        assertThatThrownBy(() -> new TimeSplit(
                        Period.ofDays(1), Duration.ofHours(-1), Period.ofDays(1), AUGUST, AUGUST.plusDays(1)))
                .hasMessageContaining("the gap PT-1H is negative");
        assertThatThrownBy(() -> new TimeSplit(Period.ofDays(1), Period.ZERO, Period.ofDays(1), AUGUST, AUGUST))
                .hasMessageContaining("the test starts at 2018-08-01T00:00, which is not before its end");
    }

    @Test
    void describesItselfWithItsNumbers() {
        assertThat(new HashSplit(0.2, 0.1, 7, Optional.of("customer")).describe())
                .isEqualTo("by hash of column 'customer' (validation 0.2, test 0.1)");
        assertThat(new ColumnSplit("part", Set.of("b", "a"), Set.of("c"), Set.of("d")).describe())
                .isEqualTo("by column 'part' (train [a, b], validation [c], test [d])");
        assertThat(new FoldSplit(5, 0.1, 7, Optional.empty(), true).describe())
                .isEqualTo("by hash (5 stratified folds, test 0.1)");
        assertThat(new ColumnFoldSplit("part", List.of("b", "a"), Set.of("d")).describe())
                .isEqualTo("by column 'part' (folds [b, a], test [d])");
    }
}
