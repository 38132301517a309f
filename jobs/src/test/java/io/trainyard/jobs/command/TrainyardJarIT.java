package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.notice.Alert;
import io.trainyard.jobs.notice.MailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar for spark-submit, which exists only after packaging. */
class TrainyardJarIT {
    private static final Path TARGET = Path.of(System.getProperty("trainyard.root"), "jobs/target");
    private static final Path JAR = TARGET.resolve("trainyard.jar");

    private static final List<String> OF_THE_JAR = List.of(
            "com.fasterxml.jackson.core/",
            "io.trainyard/",
            "ml.dmlc/",
            "net.java.dev.jna/",
            "info.picocli/",
            "org.yaml/",
            "me.tongfei/",
            "org.jline/",
            "org.webjars/",
            "io.prometheus/",
            "org.eclipse.angus/",
            "jakarta.mail/",
            "jakarta.activation/");

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
                        "io/trainyard/shaded/snakeyaml/Yaml.class",
                        "io/trainyard/shaded/mail/Session.class",
                        "io/trainyard/shaded/angus/mail/smtp/SMTPTransport.class");
    }

    /** For those who scan images: the libraries that are in the jar, and Jackson, which it takes from the platform. */
    @Test
    void theBillOfMaterialsListsWhatIsInIt() throws IOException {
        JsonNode bill =
                new ObjectMapper().readTree(TARGET.resolve("trainyard.cdx.json").toFile());

        assertThat(bill.at("/bomFormat").asText()).isEqualTo("CycloneDX");
        List<String> libraries = bill.at("/components").findValuesAsText("purl");
        assertThat(libraries)
                .anyMatch(library -> library.startsWith("pkg:maven/ml.dmlc/xgboost4j-spark_2.12@"))
                .anyMatch(library -> library.startsWith("pkg:maven/net.java.dev.jna/jna@"))
                .anyMatch(library -> library.startsWith("pkg:maven/info.picocli/picocli@"))
                .anyMatch(library -> library.startsWith("pkg:maven/org.yaml/snakeyaml@"))
                .anyMatch(library -> library.startsWith("pkg:maven/org.webjars/echarts@"))
                .anyMatch(library -> library.startsWith("pkg:maven/org.eclipse.angus/angus-mail@"))
                .allMatch(library -> OF_THE_JAR.stream().anyMatch(group -> library.startsWith("pkg:maven/" + group)));
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

    /** A mail program is found by the names of its classes, which are others in the jar. */
    @Test
    void sendsMails() throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader jar = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(jar);
            Object alert = alert(jar);
            Class<?> type = jar.loadClass(MailServer.class.getName());
            Object server = type.getConstructors()[0].newInstance(
                    "127.0.0.1",
                    mails.getSmtp().getPort(),
                    jar.loadClass(MailServer.Security.class.getName())
                            .getField("NONE")
                            .get(null),
                    "trainyard@example.org",
                    Optional.empty());
            type.getMethod("send", alert.getClass(), String.class, Instant.class)
                    .invoke(server, alert, "ops@example.org", Instant.EPOCH);

            assertThat(mails.getReceivedMessages()).hasSize(1);
        } finally {
            thread.setContextClassLoader(before);
            mails.stop();
        }
    }

    private static Object alert(ClassLoader jar) throws ReflectiveOperationException {
        Object incident = jar.loadClass(Incident.class.getName())
                .getConstructors()[0]
                .newInstance(
                        "id",
                        jar.loadClass(Finding.Kind.class.getName())
                                .getField("FEATURE")
                                .get(null),
                        "visits",
                        Instant.EPOCH,
                        Optional.empty(),
                        1,
                        List.of("stale"));
        return jar.loadClass(Alert.class.getName()).getConstructors()[0].newInstance("p", "m", 1, incident);
    }

    private static URL[] classPath() throws IOException {
        try (Stream<Path> spark = Files.list(TARGET.resolve("dist/jars"))) {
            return Stream.concat(Stream.of(JAR), spark).map(TrainyardJarIT::url).toArray(URL[]::new);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e); // never: it is a file
        }
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
