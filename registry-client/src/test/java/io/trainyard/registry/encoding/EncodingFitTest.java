package io.trainyard.registry.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.encoding.ColumnSummary.Kind;
import io.trainyard.registry.encoding.Feature.CategoryFeature;
import io.trainyard.registry.encoding.Feature.NominalFeature;
import io.trainyard.registry.encoding.Feature.NumberFeature;
import io.trainyard.registry.encoding.Feature.OneHotFeature;
import io.trainyard.registry.encoding.Feature.StandardizedFeature;
import io.trainyard.registry.encoding.Target.NumberTarget;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodingFitTest {
    private static final Target TARGET = new NumberTarget("y");

    @Test
    void categoriesAreInTheOrderOfCountsThenNames() {
        Encoding encoding = EncodingFit.trees(List.of(Columns.text("city", "b", "c", "a", "c")), TARGET);

        assertThat(encoding.features()).containsExactly(new CategoryFeature("city", List.of("c", "a", "b")));
    }

    @Test
    void rareCategoriesAreUnseen() {
        Encoding encoding = EncodingFit.trees(List.of(Columns.text("city", "b", "c", "a", "c")), TARGET, 2);

        assertThat(encoding.features()).containsExactly(new CategoryFeature("city", List.of("c", "a")));
        assertThat(encoding.encoder().encode(new Object[] {"b"})).containsExactly(Float.NaN);
    }

    @Test
    void treesKeepEveryColumn() {
        List<ColumnSummary> columns = List.of(
                Columns.number("constant", 5, 0),
                new ColumnSummary("empty", Kind.NUMBER, 9, 9, Double.NaN, Double.NaN, Map.of()),
                new ColumnSummary("flag", Kind.BOOLEAN, 9, 0, 0.5, 0.5, Map.of()),
                Columns.text("silent"));

        assertThat(EncodingFit.trees(columns, TARGET).features())
                .containsExactly(
                        new NumberFeature("constant"),
                        new NumberFeature("empty"),
                        new NumberFeature("flag"),
                        new CategoryFeature("silent", List.of()));
    }

    @Test
    void linearModelsLeaveOutWhatDoesNotVary() {
        List<ColumnSummary> columns = List.of(
                Columns.number("constant", 5, 0),
                Columns.number("nearly", 1e9, 1e-7),
                new ColumnSummary("empty", Kind.NUMBER, 9, 9, Double.NaN, Double.NaN, Map.of()),
                Columns.text("one", "a", "a"),
                Columns.text("silent"),
                new ColumnSummary("sometimes", Kind.TEXT, 9, 4, Double.NaN, Double.NaN, Map.of("a", 5L)),
                new ColumnSummary("day", Kind.DATE, 9, 0, 17000, 3, Map.of()));

        assertThat(EncodingFit.linear(columns, TARGET).features())
                .containsExactly(
                        new OneHotFeature("sometimes", List.of("a")), new StandardizedFeature("day", 17000, 3));
    }

    @Test
    void treesThatBinTakeCodesWhereThereAreBinsAndRowsEnough() {
        List<ColumnSummary> columns = List.of(
                Columns.number("amount", 10, 4),
                Columns.number("constant", 5, 0),
                categories("few", 3, 1_000),
                categories("as many as bins", 7, 1_000),
                categories("too many", 8, 1_000),
                categories("too few rows", 3, 39));

        assertThat(EncodingFit.binned(columns, TARGET, 8).features())
                .containsExactly(
                        new StandardizedFeature("amount", 10, 4),
                        new NominalFeature("few", names(3)),
                        new NominalFeature("as many as bins", names(7)),
                        new OneHotFeature("too many", names(8)),
                        new OneHotFeature("too few rows", names(3)));
    }

    private static ColumnSummary categories(String name, int count, long rows) {
        return new ColumnSummary(
                name,
                Kind.TEXT,
                rows,
                0,
                Double.NaN,
                Double.NaN,
                names(count).stream().collect(Collectors.toMap(Function.identity(), category -> 1L)));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj("category %d"::formatted).toList();
    }

    @Test
    void theLastDigitsOfASumDoNotCount() {
        Encoding one = EncodingFit.linear(List.of(Columns.number("x", 0.1 + 0.2, 1)), TARGET);
        Encoding other = EncodingFit.linear(List.of(Columns.number("x", 0.3, 1)), TARGET);

        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    }

    @Test
    void aLinearModelNeedsOneFeatureThatVaries() {
        assertThatThrownBy(() -> EncodingFit.linear(List.of(Columns.number("x", 5, 0)), TARGET))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "Cannot fit a linear model: every feature is constant or missing in the training rows, of [x]");
    }

    @Test
    void moreMissingThanRowsIsNoSummary() {
        assertThatThrownBy(() -> new ColumnSummary("x", Kind.NUMBER, 1, 2, 0, 1, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'x': 2 of 1 rows are missing");
    }
}
