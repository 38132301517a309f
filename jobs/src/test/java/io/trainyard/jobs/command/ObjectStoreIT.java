package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole pipeline on S3: its file, its data and its warehouse, by S3A as users add it, against S3Mock, a server on this machine.
 * {@code scripts/test --all} brings both.
 */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class ObjectStoreIT {
    private static final Path ROOT = Path.of(System.getProperty("trainyard.root"));
    private static final Path PLATFORMS = ROOT.resolve("jobs/target/platforms");
    private static final Pattern HTTP_PORT = Pattern.compile("(\\d+) \\(http\\)");
    private static final String BUCKET = "s3a://bucket/orders";

    private final SparkSession spark;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process server;
    private String endpoint;

    ObjectStoreIT(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void start(@TempDir Path store) throws IOException {
        assumeTrue(
                Files.isDirectory(PLATFORMS.resolve("s3mock")) && Files.isDirectory(PLATFORMS.resolve("hadoop-aws")),
                "no S3Mock or S3A in " + PLATFORMS + ": scripts/test --all brings them");
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        PLATFORMS.resolve("s3mock") + "/*",
                        "-Dcom.adobe.testing.s3mock.store.root=" + store,
                        "-Dcom.adobe.testing.s3mock.store.initialBuckets=bucket",
                        "-Dserver.port=0",
                        "-Dhttp.port=0",
                        "com.adobe.testing.s3mock.S3MockApplication")
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher port = HTTP_PORT.matcher(line);
            if (line.contains("Tomcat started") && port.find()) {
                endpoint = "http://127.0.0.1:" + port.group(1);
                Thread reader = new Thread(() -> lines.lines().forEach(ignored -> {}), "output of the object store");
                reader.setDaemon(true); // else it would stop once nobody reads what it says
                reader.start();
                return;
            }
        }
        throw new IOException("The object store did not start:\n" + said);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @Test
    void holdsAWholePipeline(@TempDir Path here, @TempDir Path there) throws Exception {
        Workspace reference = LockstepOrders.workspace(spark, here);
        Answer answer = Program.run("run", reference.file());
        assertThat(answer.code()).as(answer.err()).isZero();
        upload(LockstepOrders.workspace(spark, there));

        Ended refused = run(false);
        assertThat(refused.code()).as(refused.said()).isEqualTo(2);
        assertThat(refused.said())
                .contains("file system 's3a' cannot create a file only if it is absent")
                .contains("--conf spark.hadoop.trainyard.storage.single-writer=true");
        assertThat(keys("orders/warehouse")).as("what a refused job wrote").isEmpty();

        Ended trained = run(true);
        assertThat(trained.code()).as(trained.said()).isZero();
        assertThat(trained.said()).contains("champion is now version 1");
        assertThat(object("orders/" + modelKey())).isEqualTo(LockstepOrders.model(reference));

        Ended again = run(true);
        assertThat(again.code()).as(again.said()).isZero();
        assertThat(again.said()).contains("nothing to search").contains("nothing to fit");
    }

    private String modelKey() throws IOException, InterruptedException {
        return keys("orders/warehouse/registry").stream()
                .filter(key -> key.endsWith("/model.ubj"))
                .map(key -> key.substring("orders/".length()))
                .findFirst()
                .orElseThrow();
    }

    private record Ended(int code, String said) {}

    private Ended run(boolean singleWriter) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("scripts/submit").toString(), "--master", "local[2]"));
        try (Stream<Path> jars = Files.list(PLATFORMS.resolve("hadoop-aws"))) {
            command.addAll(
                    List.of("--jars", String.join(",", jars.map(Path::toString).toList())));
        }
        for (String setting : List.of(
                "fs.s3a.endpoint=" + endpoint,
                "fs.s3a.access.key=any",
                "fs.s3a.secret.key=any",
                "fs.s3a.path.style.access=true",
                "fs.s3a.connection.ssl.enabled=false",
                "fs.s3a.change.detection.mode=none", // S3Mock answers a conditional read without the ETag that S3A asks
                // for
                "trainyard.storage.single-writer=" + singleWriter)) {
            command.addAll(List.of("--conf", "spark.hadoop." + setting));
        }
        command.addAll(List.of("--", "run", BUCKET + "/pipeline.yaml"));
        Process job = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(job.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(job.waitFor(), said);
    }

    private void upload(Workspace workspace) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(workspace.folder())) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
        for (Path file : files) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            endpoint + "/bucket/orders/" + workspace.folder().relativize(file)))
                    .PUT(HttpRequest.BodyPublishers.ofFile(file))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Names of all objects that begin so, as the store lists them. */
    private List<String> keys(String prefix) throws IOException, InterruptedException {
        String listing = new String(object("?list-type=2&prefix=" + prefix), StandardCharsets.UTF_8);
        return Pattern.compile("<Key>([^<]*)</Key>")
                .matcher(listing)
                .results()
                .map(key -> key.group(1))
                .toList();
    }

    private byte[] object(String key) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(endpoint + "/bucket/" + key)).build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
