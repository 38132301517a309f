package io.trainyard.registry.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.bundle.SampleBundle;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import io.trainyard.registry.file.LocalStorage;
import io.trainyard.registry.file.PathRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the README does what it says. */
class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("trainyard.root"), "README.md");
    private static final Encoding ENCODING = new Encoding(
            List.of(new Feature.NumberFeature("amount"), new Feature.CategoryFeature("country", List.of("AT", "DE"))),
            new Target.ClassTarget("is_fraud", List.of("0", "1")));

    @TempDir
    private Path folder;

    @Test
    void theChampionOfARegistryScores() throws Exception {
        registerChampion();

        List<?> results = run(code());

        List<Prediction> rows = predictions(results.get(2));
        assertThat(results.get(0)).isInstanceOf(Prediction.class);
        assertThat((double) results.get(1)).isBetween(0.0, 1.0);
        assertThat(rows).hasSize(2);
        assertThat(predictions(results.get(3)))
                .extracting(Prediction::probability)
                .isEqualTo(rows.stream().map(Prediction::probability).toList());
    }

    private static List<Prediction> predictions(Object result) {
        return ((List<?>) result).stream().map(Prediction.class::cast).toList();
    }

    private void registerChampion() throws IOException, XGBoostError {
        TrainedBooster trained =
                TrainedBooster.train(new GeneratedRows("binary:logistic", List.of(0, 2), 0.1, 1), 3, Map.of());
        Booster booster = XGBoost.loadModel(trained.ubj());
        booster.setFeatureNames(ENCODING.columns().toArray(String[]::new));
        Path bundle = Files.createDirectory(folder.resolve("bundle"));
        Files.write(bundle.resolve("model.ubj"), booster.toByteArray("ubj"));
        BundleWriter.write(bundle, ENCODING, new BundleMetadata(SampleBundle.LINEAGE, List.of()));
        ModelRegistry registry =
                new PathRegistry(new LocalStorage(folder.resolve("warehouse/registry")), Clock.systemUTC(), "test");
        registry.register("card-fraud", bundle, "run", Map.of());
        registry.promote("card-fraud", "champion", 1, ModelRegistry.NO_VERSION, "the first");
    }

    private static String code() throws IOException {
        Matcher java = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertThat(java.find()).isTrue();
        return java.group(1);
    }

    /** Runs the code with its paths in the test's folder, and returns its four results. */
    private List<?> run(String code) throws Exception {
        Path source = folder.resolve("Snippet.java");
        Files.writeString(source, """
                import io.trainyard.registry.file.*;
                import io.trainyard.registry.scoring.*;
                import java.nio.file.Path;
                import java.time.Clock;
                import java.util.*;

                public class Snippet {
                    public static List<?> run() {
                        %s
                        return List.of(prediction, risk, rows, columns);
                    }
                }
                """.formatted(code.replace("Path.of(\"", "Path.of(\"" + folder + "/")));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            return (List<?>) loader.loadClass("Snippet").getMethod("run").invoke(null);
        }
    }
}
