package io.trainyard.jobs.run;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What the build puts together fits together: Java's options, versions that must agree, scripts. */
class PlatformTest {
    private static final Path ROOT = Path.of(System.getProperty("trainyard.root"));
    private static final Pattern JAR = Pattern.compile("([^/]+)\\.jar!/");

    @Test
    void javaIsStartedWithTheOptionsThatSparkNeeds() {
        assertThat(System.getProperty("trainyard.java.options")).isEqualTo(JavaModuleOptions.defaultModuleOptions());
    }

    @Test
    void scriptsStartJavaWithTheSameOptions() throws IOException {
        assertThat(ROOT.resolve("jobs/src/dist/java-options")).hasContent("${spark.java.options}");
        assertThat(Files.readString(ROOT.resolve("scripts/environment.sh"))).contains("cat \"$DIST/java-options\"");
    }

    @Test
    void jacksonHasOneVersion() throws IOException {
        List<String> versions = jars("META-INF/MANIFEST.MF").stream()
                .filter(jar -> jar.startsWith("jackson-") && !jar.contains("-asl-"))
                .map(jar -> jar.substring(jar.lastIndexOf('-') + 1))
                .toList();

        assertThat(versions).hasSizeGreaterThan(3).containsOnly("2.15.2");
    }

    @Test
    void kryoIsSparks() throws IOException {
        assertThat(jars("com/esotericsoftware/kryo/Kryo.class"))
                .singleElement()
                .asString()
                .startsWith("kryo-shaded-4");
    }

    @Test
    void loggingReachesItsBackEnd() throws IOException {
        assertThat(jars("org/slf4j/LoggerFactory.class"))
                .singleElement()
                .asString()
                .startsWith("slf4j-api-2");
        assertThat(LoggerFactory.getILoggerFactory().getClass().getName())
                .isEqualTo("org.apache.logging.slf4j.Log4jLoggerFactory");
    }

    @Test
    void lineageNamesTheXgboostThatRuns() throws IOException {
        Properties library = new Properties();
        try (InputStream file = getClass().getResourceAsStream("/xgboost4j-version.properties")) {
            library.load(file);
        }

        assertThat(new Environment(Map.of()).versions()).containsEntry("xgboost", library.getProperty("version"));
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> scripts = Files.list(ROOT.resolve("scripts"))) {
            return Stream.concat(Stream.of(ROOT.resolve(".ci/run")), scripts.filter(Files::isRegularFile))
                    .filter(file -> !isOfAnotherLanguage(file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOfAnotherLanguage(Path file) {
        return file.getFileName().toString().contains(".") && !isSourced(file);
    }

    private static boolean isSourced(Path script) {
        return script.toString().endsWith(".sh");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptParsesAndIsExecutableUnlessItIsSourced(Path script) throws IOException, InterruptedException {
        Process check = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        String complaints = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(complaints).isEmpty();
        assertThat(Files.isExecutable(script)).isEqualTo(!isSourced(script));
    }

    /** The jars on the class path that hold a resource, by name. */
    private static SortedSet<String> jars(String resource) throws IOException {
        return Collections.list(PlatformTest.class.getClassLoader().getResources(resource)).stream()
                .map(URL::toString)
                .flatMap(url -> JAR.matcher(url).results())
                .map(jar -> jar.group(1))
                .collect(toCollection(TreeSet::new));
    }
}
