package io.trainyard.registry.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.encoding.Encoding;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that let Python's MLflow load a bundle, as {@code mlflow.pyfunc} and by its flavor, on encoded columns.
 *
 * @param model the file {@code MLmodel}
 * @param requirements the file {@code requirements.txt}
 * @param pythonEnvironment the file {@code python_env.yaml}
 */
record MlflowFiles(String model, String requirements, String pythonEnvironment) {
    /** Where MLflow finds what the model is. */
    static final String MODEL = "MLmodel";

    /** In the layout that is written here, with a list of columns on either side. */
    private static final Pattern SIGNATURE =
            Pattern.compile("^signature:\\n  inputs: \"\\[\\{.+\\n  outputs: \"\\[\\{", Pattern.MULTILINE);

    /** The release of MLflow that the layout was taken from, and a Python that it supports. */
    private static final String MLFLOW = "2.22.1";

    private static final String PYTHON = "3.11.7";

    /** What Python's package index has of a platform's version: the 3.5.6 of 3.5.6-amzn-0. */
    private static final Pattern RELEASE = Pattern.compile("[0-9]+(\\.[0-9]+)+");

    /** MLflow takes UTC without a zone. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final ObjectWriter ASCII = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();

    private static final String XGBOOST_FLAVORS = """
            flavors:
              python_function:
                data: "model.ubj"
                env:
                  virtualenv: "python_env.yaml"
                loader_module: "mlflow.xgboost"
                python_version: %2$s
              xgboost:
                code: null
                data: "model.ubj"
                model_class: "xgboost.core.Booster"
                model_format: "ubj"
                xgb_version: %1$s
            """;

    /**
     * MLflow's own loader would serve the booster's probabilities, which are not the model's: {@code mlflow.pyfunc} and what serves by it
     * find nothing, and {@code mlflow.xgboost} gives the booster, whose margins are to be calibrated.
     */
    private static final String CALIBRATED_FLAVORS = """
            flavors:
              xgboost:
                code: null
                data: "model.ubj"
                model_class: "xgboost.core.Booster"
                model_format: "ubj"
                xgb_version: %1$s
            metadata:
              calibration: "calibration.json"
            """;

    private static final String SPARK_FLAVORS = """
            flavors:
              python_function:
                data: "sparkml"
                env:
                  virtualenv: "python_env.yaml"
                loader_module: "mlflow.spark"
                python_version: %2$s
              spark:
                code: null
                model_class: "pyspark.ml.pipeline.PipelineModel"
                model_data: "sparkml"
                pyspark_version: %1$s
            """;

    static MlflowFiles of(Flavor flavor, Encoding encoding, Lineage lineage) {
        return switch (flavor) {
            case XGBOOST ->
                files(XGBOOST_FLAVORS, "xgboost", version(lineage, "xgboost"), rest(flavor, encoding, lineage));
            case SPARK -> files(SPARK_FLAVORS, "pyspark", version(lineage, "spark"), rest(flavor, encoding, lineage));
        };
    }

    /** Of a booster that is not the whole model. */
    static MlflowFiles calibrated(Encoding encoding, Lineage lineage) {
        return files(
                CALIBRATED_FLAVORS, "xgboost", version(lineage, "xgboost"), rest(Flavor.XGBOOST, encoding, lineage));
    }

    /** Whether the text of a file {@code MLmodel} has a signature with inputs and outputs. */
    static boolean hasSignature(String model) {
        return SIGNATURE.matcher(model).find();
    }

    /** With an example of its input among the files of the bundle. */
    MlflowFiles withExample() {
        String example = """
                saved_input_example_info:
                  artifact_path: "%s"
                  pandas_orient: "split"
                  type: "dataframe"
                """.formatted(InputExample.FILE);
        return new MlflowFiles(model + example, requirements, pythonEnvironment);
    }

    private static MlflowFiles files(String flavors, String library, String version, String rest) {
        String model = flavors.formatted(quoted(version), quoted(PYTHON)) + rest;
        String requirements = "mlflow>=2.22,<4\n%s==%s\n".formatted(library, version);
        String pythonEnvironment = """
                python: "%s"
                build_dependencies:
                  - "pip"
                dependencies:
                  - "-r requirements.txt"
                """.formatted(PYTHON);
        return new MlflowFiles(model, requirements, pythonEnvironment);
    }

    private static String rest(Flavor flavor, Encoding encoding, Lineage lineage) {
        String identity = encoding.fingerprint() + MetadataJson.write(new BundleMetadata(lineage, List.of()));
        return """
                mlflow_version: %s
                model_uuid: %s
                signature:
                  inputs: %s
                  outputs: %s
                  params: null
                utc_time_created: %s
                """.formatted(
                        quoted(MLFLOW),
                        quoted(Sha256.of(identity).substring(0, 32)),
                        quoted(json(inputs(encoding))),
                        quoted(json(outputs(flavor, encoding))),
                        quoted(TIME.format(lineage.asOf())));
    }

    private static ArrayNode inputs(Encoding encoding) {
        ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
        for (String column : encoding.columns()) {
            inputs.addObject().put("type", "double").put("name", column).put("required", true);
        }
        return inputs;
    }

    /** A booster gives one float a row, or one for each of more than two classes; a pipeline its prediction. */
    private static ArrayNode outputs(Flavor flavor, Encoding encoding) {
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        if (flavor == Flavor.SPARK) {
            outputs.addObject().put("type", "double").put("required", true);
            return outputs;
        }
        ArrayNode shape = outputs.addObject()
                .put("type", "tensor")
                .putObject("tensor-spec")
                .put("dtype", "float32")
                .putArray("shape")
                .add(-1);
        int classes = encoding.target().classes().size();
        if (classes > 2) {
            shape.add(classes);
        }
        return outputs;
    }

    private static String version(Lineage lineage, String library) {
        String version = lineage.environment().getOrDefault(library, "");
        Matcher release = RELEASE.matcher(version);
        if (!release.lookingAt()) {
            throw new IllegalArgumentException(
                    "the environment of the lineage must say the version of '%s', and says '%s'"
                            .formatted(library, version));
        }
        return release.group();
    }

    /** A JSON string in ASCII, which is a double-quoted scalar of YAML as well. */
    private static String quoted(String text) {
        return json(JsonNodeFactory.instance.textNode(text));
    }

    private static String json(JsonNode tree) {
        try {
            return ASCII.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the tree has no JSON form: " + e.getOriginalMessage(), e);
        }
    }
}
