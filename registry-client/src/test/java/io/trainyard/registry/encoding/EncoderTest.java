package io.trainyard.registry.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.encoding.Feature.CategoryFeature;
import io.trainyard.registry.encoding.Feature.NominalFeature;
import io.trainyard.registry.encoding.Feature.NumberFeature;
import io.trainyard.registry.encoding.Feature.OneHotFeature;
import io.trainyard.registry.encoding.Feature.StandardizedFeature;
import io.trainyard.registry.encoding.Target.NumberTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final float NAN = Float.NaN;

    private final Encoder trees =
            encoder(new NumberFeature("amount"), new CategoryFeature("city", List.of("Zürich", "5")));
    private final Encoder linear =
            encoder(new StandardizedFeature("amount", 10, 4), new OneHotFeature("city", List.of("Zürich", "5")));

    @Test
    void treesTakeNumbersAndCategoryCodes() {
        assertThat(trees.encode(new Object[] {1.5, "Zürich"})).containsExactly(1.5f, 0f);
        assertThat(trees.encode(new Object[] {0, 5.0})).containsExactly(0f, 1f);
    }

    @Test
    void treesTakeMissingAndUnseenAsNan() {
        assertThat(trees.encode(new Object[] {null, null})).containsExactly(NAN, NAN);
        assertThat(trees.encode(new Object[] {Double.NaN, "unseen"})).containsExactly(NAN, NAN);
    }

    @Test
    void missingAndUnseenAreACategoryOfTheirOwnForTreesThatTakeNoNan() {
        Encoder nominal = encoder(new NominalFeature("city", List.of("Zürich", "5")));

        assertThat(nominal.encode(new Object[] {"Zürich"})).containsExactly(0f);
        assertThat(nominal.encode(new Object[] {5.0})).containsExactly(1f);
        assertThat(nominal.encode(new Object[] {null})).containsExactly(2f);
        assertThat(nominal.encode(new Object[] {"unseen"})).containsExactly(2f);
    }

    @Test
    void treesKeepThePlaceOfInfiniteValues() {
        assertThat(trees.encode(new Object[] {Double.POSITIVE_INFINITY, ""})[0]).isEqualTo(1e37f);
        assertThat(trees.encode(new Object[] {-1e300, ""})[0]).isEqualTo(-1e37f);
    }

    @Test
    void linearModelsTakeStandardizedNumbersAndIndicators() {
        assertThat(linear.encode(new Object[] {14, "5"})).containsExactly(1f, 0f, 1f);
    }

    @Test
    void linearModelsTakeMissingUnseenAndInfiniteAsZeros() {
        assertThat(linear.encode(new Object[] {null, null})).containsExactly(0f, 0f, 0f);
        assertThat(linear.encode(new Object[] {Double.POSITIVE_INFINITY, "unseen"}))
                .containsExactly(0f, 0f, 0f);
    }

    @Test
    void aStandardizedTimestampLosesNoSeconds() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        Encoder encoder = encoder(new StandardizedFeature("at", noon.getEpochSecond(), 1));

        assertThat(encoder.encode(new Object[] {noon.plusSeconds(3)})).containsExactly(3f);
    }

    @Test
    void writesIntoAPlaceOfTheCallers() {
        float[] matrix = {7, 7, 7, 7, 7};

        linear.encode(new Object[] {6, "Zürich"}, matrix, 1);

        assertThat(matrix).containsExactly(7f, -1f, 1f, 0f, 7f);
    }

    @Test
    void aMapIsReadByTheNamesOfTheFeatures() {
        Map<String, Object> row = new HashMap<>(Map.of("id", 1, "city", "5"));
        row.put("amount", null);

        assertThat(trees.encode(row)).containsExactly(NAN, 1f);
    }

    @Test
    void aMisspeltNameIsNotAMissingValue() {
        assertThatThrownBy(() -> trees.encode(Map.of("amout", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot encode row: it has no 'amount' among [amout]; give a missing value as null");
    }

    @Test
    void textInANumberFeatureIsNamed() {
        assertThatThrownBy(() -> trees.encode(new Object[] {"12 EUR", "5"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'amount'")
                .hasMessageContaining("'12 EUR'");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> trees.encode(new Object[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot encode a row of 1 values: the encoding has 2 features");
    }

    @Test
    void survivesSerialization() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(linear);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Encoder copy = (Encoder) in.readObject();
            assertThat(copy.encode(new Object[] {14, "5"})).containsExactly(1f, 0f, 1f);
        }
    }

    private static Encoder encoder(Feature... features) {
        return new Encoding(List.of(features), new NumberTarget("y")).encoder();
    }
}
