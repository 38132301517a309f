package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature.NumberFeature;
import io.trainyard.registry.encoding.Target.NumberTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    private static final Calibration CALIBRATION =
            Calibration.isotonic(List.of(-2.0, -1.0, 0.5, 2.5), List.of(0.0, 0.0, 0.75, 1.0));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"-9, 0", "-2, 0", "-1.5, 0", "-1, 0", "0, 0.5", "0.5, 0.75", "1.5, 0.875", "2.5, 1", "9, 1"})
    void isLinearBetweenItsPointsAndConstantBeyond(float margin, float probability) {
        assertThat(CALIBRATION.probability(margin)).isEqualTo(probability);
    }

    @Test
    void isInTheBundleAsItWasWritten() throws IOException {
        CALIBRATION.write(folder);
        Bundle bundle = SampleBundle.write(folder, "booster");

        Calibration read = bundle.calibration().orElseThrow();
        assertThat(read.margins()).isEqualTo(CALIBRATION.margins());
        assertThat(read.probabilities()).isEqualTo(CALIBRATION.probabilities());
        assertThat(bundle.manifest().files()).extracting(Manifest.Entry::path).contains(Calibration.FILE);
    }

    @Test
    void mlflowIsNotToldToServeTheBoosterAlone() throws IOException {
        CALIBRATION.write(folder);
        SampleBundle.write(folder, "booster");

        assertThat(Files.readString(folder.resolve("MLmodel")))
                .contains("xgboost:\n", "calibration: \"calibration.json\"")
                .doesNotContain("python_function");
    }

    @Test
    void isForTwoClassesAlone() throws IOException {
        CALIBRATION.write(folder);
        SampleBundle.file(folder, "model.ubj", "booster");

        assertThatThrownBy(() -> BundleWriter.write(
                        folder,
                        new Encoding(List.of(new NumberFeature("x")), new NumberTarget("y")),
                        SampleBundle.METADATA))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'calibration.json' is for a booster of two classes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]          | []         | it has 0 margins and 0 probabilities",
                "[1]         | [0.1, 0.2] | it has 1 margins and 2 probabilities",
                "[1, 1]      | [0.1, 0.2] | its point 1, margin 1.0 and probability 0.2, does not rise",
                "[1, 2]      | [0.2, 0.1] | its point 1, margin 2.0 and probability 0.1, does not rise",
                "[1, 2]      | [0.2, 1.5] | its point 1, margin 2.0 and probability 1.5, does not rise",
                "[1, 1e999]  | [0.1, 0.2] | its point 1, margin Infinity",
                "[1, 'NaN']  | [0.1, 0.2] | 'margins' must be a list of numbers",
                "7           | [0.1, 0.2] | 'margins' must be a list of numbers"
            },
            quoteCharacter = '`')
    void whatIsNoSuchFunctionIsRefused(String margins, String probabilities, String problem) {
        String text = "{\"format\": 1, \"method\": \"isotonic\", \"margins\": %s, \"probabilities\": %s}"
                .formatted(margins.replace('\'', '"'), probabilities);

        assertThatThrownBy(() -> Calibration.read("calibration.json", text))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot read calibration.json: ")
                .hasMessageContaining(problem);
    }
}
