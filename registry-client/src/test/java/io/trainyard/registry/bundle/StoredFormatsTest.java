package io.trainyard.registry.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trainyard.registry.Golden;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature.OneHotFeature;
import io.trainyard.registry.encoding.Target.ClassTarget;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StoredFormatsTest {
    private static final Manifest MANIFEST = new Manifest(List.of(
            new Manifest.Entry("model.ubj", 7, "a".repeat(64)), new Manifest.Entry("MLmodel", 12, "b".repeat(64))));

    @Test
    void metadata() {
        assertThat(MetadataJson.write(SampleBundle.METADATA)).isEqualTo(Golden.text("trainyard-1.json"));
        assertThat(MetadataJson.read("trainyard.json", Golden.text("trainyard-1.json")))
                .isEqualTo(SampleBundle.METADATA);
    }

    @Test
    void manifest() {
        assertThat(ManifestJson.write(MANIFEST)).isEqualTo(Golden.text("manifest-1.json"));
        assertThat(ManifestJson.read("manifest.json", Golden.text("manifest-1.json")))
                .isEqualTo(MANIFEST);
    }

    @Test
    void anMlmodelOfABooster() {
        MlflowFiles files = MlflowFiles.of(Flavor.XGBOOST, SampleBundle.ENCODING, SampleBundle.LINEAGE);

        assertThat(files.model()).isEqualTo(Golden.text("MLmodel-xgboost.yaml"));
        assertThat(files.requirements()).isEqualTo("mlflow>=2.22,<4\nxgboost==3.1.1\n");
        assertThat(files.pythonEnvironment()).contains("python: \"3.11.7\"\n", "  - \"-r requirements.txt\"\n");
    }

    @Test
    void anMlmodelOfASparkPipeline() {
        MlflowFiles files = MlflowFiles.of(Flavor.SPARK, SampleBundle.ENCODING, SampleBundle.LINEAGE);

        assertThat(files.model()).isEqualTo(Golden.text("MLmodel-spark.yaml"));
        assertThat(files.requirements()).isEqualTo("mlflow>=2.22,<4\npyspark==3.5.6\n");
    }

    @Test
    void theSignatureTakesAnyColumnName() throws JsonProcessingException {
        Encoding encoding = new Encoding(
                List.of(new OneHotFeature("c", List.of("\"'\\: #", "🚂", "\ufeff"))),
                ClassTarget.of("y", List.of("a", "b", "c")));
        String model =
                MlflowFiles.of(Flavor.XGBOOST, encoding, SampleBundle.LINEAGE).model();

        assertThat(model).matches("\\p{ASCII}*").contains("\\\"shape\\\":[-1,3]");
        ObjectMapper json = new ObjectMapper();
        MatchResult inputs = Pattern.compile("inputs: (\".*\")\n")
                .matcher(model)
                .results()
                .findFirst()
                .orElseThrow();
        JsonNode columns = json.readTree(json.readTree(inputs.group(1)).asText());
        assertThat(columns.findValuesAsText("name")).isEqualTo(encoding.columns());
    }

    @Test
    void textAfterTheDocumentIsRefused() {
        assertThatThrownBy(() -> ManifestJson.read("manifest.json", Golden.text("manifest-1.json") + "{}"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot read manifest.json: not valid JSON");
    }

    @Test
    void aFieldThatComesTwiceIsRefused() {
        String text = Golden.text("manifest-1.json").replace("\"digest\"", "\"format\" : 1, \"digest\"");

        assertThatThrownBy(() -> ManifestJson.read("manifest.json", text))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Duplicate field 'format'");
    }

    @Test
    void aFieldThatIsNotThereIsNamed() {
        String text = Golden.text("trainyard-1.json").replace("\"study\"", "\"stody\"");

        assertThatThrownBy(() -> MetadataJson.read("trainyard.json", text))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'study'");
    }
}
