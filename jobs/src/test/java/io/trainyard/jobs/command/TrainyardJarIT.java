package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar for spark-submit, which exists only after packaging. */
class TrainyardJarIT {
    private static final Path TARGET = Path.of(System.getProperty("trainyard.root"), "jobs/target");
    private static final Path JAR = TARGET.resolve("trainyard.jar");

    /** XGBoost has three classes in a package of Spark's, to see what is private there. */
    private static final String OF_XGBOOST_IN_SPARK = "org/apache/spark/ml/xgboost/";

    @Test
    void holdsOursAndWhatPlatformsLack() throws IOException {
        assertThat(classes())
                .contains(
                        "io/trainyard/jobs/command/Main.class",
                        "io/trainyard/features/build/TrainingSet.class",
                        "io/trainyard/tuning/study/Study.class",
                        "io/trainyard/registry/ModelRegistry.class",
                        "ml/dmlc/xgboost4j/java/XGBoost.class",
                        "com/sun/jna/Native.class",
                        "picocli/CommandLine.class",
                        "io/trainyard/shaded/snakeyaml/Yaml.class");
    }

    /** Platforms bring their own, and two of a kind on one class path fail in ways that name neither. */
    @Test
    void holdsNothingOfThePlatforms() throws IOException {
        assertThat(classes())
                .filteredOn(name -> !name.startsWith(OF_XGBOOST_IN_SPARK))
                .allMatch(name -> List.of(
                                "io/trainyard/",
                                "ml/dmlc/xgboost4j/",
                                "com/sun/jna/",
                                "picocli/",
                                "me/tongfei/progressbar/",
                                "org/jline/")
                        .stream()
                        .anyMatch(name::startsWith));
    }

    @Test
    void answersOnTheClassPathOfTheDistribution() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JAR + ":" + TARGET.resolve("dist/jars") + "/*",
                        Main.class.getName(),
                        "schema")
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(output).isZero();
        assertThat(output).startsWith("{").contains("\"$schema\"");
    }

    private static List<String> classes() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }
}
