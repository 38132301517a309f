package io.trainyard.registry.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trainyard.registry.Shown;
import io.trainyard.registry.StoredText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the metadata of a Spark ML model may say. {@code DefaultParamsReader.loadParamsInstance} loads whatever class
 * they name and calls its {@code read}, so a hostile directory would choose code to run: only Spark ML's own stages
 * and XGBoost's pass, and of these not {@code SQLTransformer}, whose SQL can call any Java method. A pipeline finds
 * its stages by their names, which must not lead out of the bundle.
 */
final class SparkMetadata {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private static final Pattern ALLOWED =
            Pattern.compile("(org\\.apache\\.spark\\.ml|ml\\.dmlc\\.xgboost4j\\.scala\\.spark)(\\.[A-Za-z0-9_$]+)+");
    private static final String RUNS_SQL = "org.apache.spark.ml.feature.SQLTransformer";
    private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9_-]+");

    /** Spark reads every file in the folder that is not hidden, and unpacks by its ending: plain ones pass. */
    private static final Pattern FILE = Pattern.compile(".*/metadata/(_SUCCESS|part-[A-Za-z0-9-]+)");

    private SparkMetadata() {}

    /** Checks all metadata under {@code sparkml} in the bundle in {@code directory}. */
    static void check(Path directory, BundleFiles files) throws IOException {
        for (String path : files.paths()) {
            // Where case does not count, Spark finds Metadata too.
            String folded = (path + "/").toLowerCase(Locale.ROOT);
            if (!folded.startsWith(Flavor.SPARK.model() + "/") || !folded.contains("/metadata/")) {
                continue;
            }
            if (!FILE.matcher(path).matches()) {
                throw new BundleException(
                        directory,
                        "file '%s' is no metadata that Spark ML writes; register the model again".formatted(path));
            }
            for (String line : text(directory, path, files).lines().toList()) {
                check(directory, path, line);
            }
        }
    }

    private static String text(Path directory, String path, BundleFiles files) throws IOException {
        return StoredText.of("%s of bundle %s".formatted(path, directory), files.bytes(path));
    }

    private static void check(Path directory, String path, String line) {
        JsonNode metadata = tree(directory, path, line);
        String name = metadata.path("class").asText();
        if (!ALLOWED.matcher(name).matches() || name.equals(RUNS_SQL)) {
            throw new BundleException(
                    directory,
                    ("file '%s' names the class '%s', which could run code; allowed are org.apache.spark.ml.* without "
                                    + "SQLTransformer, and ml.dmlc.xgboost4j.scala.spark.*")
                            .formatted(path, Shown.text(name)));
        }
        for (JsonNode stage : metadata.path("paramMap").path("stageUids")) {
            if (!STAGE.matcher(stage.asText()).matches()) {
                throw new BundleException(
                        directory,
                        "file '%s' names the stage '%s', which is no name; register the model again"
                                .formatted(path, Shown.text(stage.asText())));
            }
        }
    }

    private static JsonNode tree(Path directory, String path, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new BundleException(
                    directory,
                    "file '%s' is not JSON: %s; register the model again"
                            .formatted(path, Shown.text(e.getOriginalMessage())));
        }
    }
}
