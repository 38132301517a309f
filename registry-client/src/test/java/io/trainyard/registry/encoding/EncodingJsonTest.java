package io.trainyard.registry.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.Golden;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.encoding.Feature.CategoryFeature;
import io.trainyard.registry.encoding.Feature.NominalFeature;
import io.trainyard.registry.encoding.Feature.NumberFeature;
import io.trainyard.registry.encoding.Feature.OneHotFeature;
import io.trainyard.registry.encoding.Feature.StandardizedFeature;
import io.trainyard.registry.encoding.Target.ClassTarget;
import io.trainyard.registry.encoding.Target.NumberTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingJsonTest {
    private static final Encoding ENCODING = new Encoding(
            List.of(
                    new NumberFeature("amount"),
                    new CategoryFeature("city", List.of("Zürich", "a \"quoted\" one")),
                    new OneHotFeature("kind", List.of("x", "")),
                    new StandardizedFeature("age", 38.25, 12.5)),
            new ClassTarget("is_fraud", List.of("false", "true")));

    @Test
    void theStoredFormIsTheGoldenFile() {
        assertThat(EncodingJson.write(ENCODING)).isEqualTo(Golden.text("encoding-1.json"));
    }

    @Test
    void theGoldenFileIsRead() {
        assertThat(EncodingJson.read("encoding", Golden.text("encoding-1.json")))
                .isEqualTo(ENCODING);
    }

    @Test
    void theFingerprintNeverChanges() {
        assertThat(ENCODING.fingerprint())
                .isEqualTo("6d9090ec86e573ed47f66a9f6a4a8ea715233ac6d9ebe3d0b5378c4106ffd8f0");
    }

    @Test
    void aNumberTargetIsReadBack() {
        Encoding encoding = new Encoding(List.of(new NumberFeature("x")), new NumberTarget("y"));

        assertThat(EncodingJson.read("encoding", EncodingJson.write(encoding))).isEqualTo(encoding);
    }

    @Test
    void aNominalFeatureIsReadBack() {
        Encoding encoding =
                new Encoding(List.of(new NominalFeature("city", List.of("Zürich", ""))), new NumberTarget("y"));

        assertThat(EncodingJson.read("encoding", EncodingJson.write(encoding))).isEqualTo(encoding);
    }

    @Test
    void anotherFormatIsRefused() {
        String text = Golden.text("encoding-1.json").replace("\"format\" : 1", "\"format\" : 2");

        assertThatThrownBy(() -> EncodingJson.read("encoding.json of bundle /m", text))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot read encoding.json of bundle /m: it has format 2, and this version of Trainyard"
                        + " reads format 1");
    }

    @Test
    void anUnknownFeatureIsNamed() {
        String text = Golden.text("encoding-1.json").replace("\"one_hot\"", "\"embedding\"");

        assertThatThrownBy(() -> EncodingJson.read("encoding.json", text))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot read encoding.json: feature 'kind' has the unknown type 'embedding'");
    }
}
