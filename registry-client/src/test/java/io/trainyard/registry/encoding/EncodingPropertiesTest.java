package io.trainyard.registry.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.encoding.Feature.CategoryFeature;
import io.trainyard.registry.encoding.Target.ClassTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random encodings and rows: 90 % of the numbers are zero, half of all values are missing, some categories unseen. */
class EncodingPropertiesTest {
    private static final List<String> ALPHABET =
            List.of("a", "Z", "5", " ", ",", "\"", "\\", "ß", "日", "🚂", "\u0000", "=");

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsEncodedCanBeDecoded(long seed) {
        Random random = new Random(seed);
        Encoding encoding = encoding(random);
        Encoder encoder = encoding.encoder();
        for (int row = 0; row < 50; row++) {
            Object[] values = encoding.features().stream()
                    .map(feature -> value(feature, random))
                    .toArray();
            float[] encoded = encoder.encode(values);
            for (int i = 0; i < values.length; i++) {
                assertThat(decode(encoding.features().get(i), encoded[i]))
                        .as("%s of %s", encoding.features().get(i), values[i])
                        .isEqualTo(known(encoding.features().get(i), values[i]));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theStoredFormIsReadBackEqual(long seed) {
        Encoding encoding = encoding(new Random(seed));

        Encoding read = EncodingJson.read("encoding", EncodingJson.write(encoding));

        assertThat(read).isEqualTo(encoding);
        assertThat(read.fingerprint()).isEqualTo(encoding.fingerprint());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void columnsAreUniqueAndHaveATypeEach(long seed) {
        Encoding encoding = encoding(new Random(seed));

        assertThat(encoding.columns()).hasSize(encoding.width()).doesNotHaveDuplicates();
        assertThat(encoding.columns()).noneMatch(name -> name.matches(".*[\\[\\]<,\\s\\p{Cntrl}].*"));
        assertThat(encoding.columnTypes()).hasSize(encoding.width());
    }

    private static Encoding encoding(Random random) {
        List<ColumnSummary> columns = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            String name = word(random) + i;
            columns.add(random.nextBoolean() ? Columns.number(name, 3, 2) : Columns.text(name, categories(random)));
        }
        return EncodingFit.trees(columns, ClassTarget.of("label", List.of("no", "yes")));
    }

    private static String[] categories(Random random) {
        return IntStream.range(0, random.nextInt(30))
                .mapToObj(i -> word(random))
                .toArray(String[]::new);
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        random.ints(random.nextInt(6), 0, ALPHABET.size())
                .mapToObj(ALPHABET::get)
                .forEach(word::append);
        return word.toString();
    }

    private static Object value(Feature feature, Random random) {
        if (random.nextBoolean()) {
            return random.nextBoolean() ? null : Double.NaN;
        }
        if (feature instanceof CategoryFeature category) {
            boolean seen = random.nextBoolean() && !category.categories().isEmpty();
            return seen
                    ? category.categories()
                            .get(random.nextInt(category.categories().size()))
                    : "unseen";
        }
        return random.nextInt(10) == 0 ? (Object) random.nextFloat() : (Object) 0;
    }

    private static Object known(Feature feature, Object value) {
        boolean isMissing = value == null || value.equals(Double.NaN);
        if (feature instanceof CategoryFeature category) {
            return !isMissing && category.categories().contains(value) ? value : "missing";
        }
        return isMissing ? "missing" : (Object) ((Number) value).floatValue();
    }

    private static Object decode(Feature feature, float encoded) {
        if (Float.isNaN(encoded)) {
            return "missing";
        }
        return feature instanceof CategoryFeature category
                ? category.categories().get((int) encoded)
                : (Object) encoded;
    }
}
