package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.run.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is shown of a job while it runs, and after. */
class FollowedJobTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void isSeenWhileItRunsAndKnownWhenItIsOver() throws Exception {
        int port = freePort();
        Pipeline pipeline = pipeline("{textfile: %s, listen: '127.0.0.1:%d'}".formatted(folder, port));
        URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(port));
        try (FollowedJob job = FollowedJob.begin(console, pipeline, "train")) {
            console.followedBy(job).stage("Search");
            job.trials(5, 2);

            assertThat(get(metrics, "GET"))
                    .contains(
                            "trainyard_job_running{command=\"train\",pipeline=\"p\"} 1.0\n",
                            "trainyard_job_stage{command=\"train\",pipeline=\"p\",stage=\"Search\"} 1.0\n",
                            "trainyard_job_trials{command=\"train\",outcome=\"failed\",pipeline=\"p\"} 2.0\n",
                            "trainyard_job_trials{command=\"train\",outcome=\"finished\",pipeline=\"p\"} 3.0\n");
            assertThat(get(metrics, "POST")).isEqualTo("405");
            job.succeeded(OptionalLong.of(1_234));
        }
        assertThatThrownBy(() -> get(metrics, "GET")).isInstanceOf(ConnectException.class);
        assertThat(file("last"))
                .contains("trainyard_job_success{command=\"train\",pipeline=\"p\"} 1.0\n", "_duration_seconds");
        String success = file("success");
        assertThat(success)
                .contains(
                        "trainyard_job_rows{command=\"train\",pipeline=\"p\"} 1234.0\n",
                        "_last_success_timestamp_seconds");

        FollowedJob.begin(console, pipeline, "train").close();

        assertThat(file("last")).contains("trainyard_job_success{command=\"train\",pipeline=\"p\"} 0.0\n");
        assertThat(file("success")).as("of the run before").isEqualTo(success);
    }

    @Test
    void aJobDoesNotFailForNumbersThatDoNotArrive() throws IOException {
        FollowedJob job = FollowedJob.begin(console, pipeline("{textfile: %s/none}".formatted(folder)), "score");
        job.succeeded(OptionalLong.empty());
        job.close();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("Cannot write metrics to '%s/none".formatted(folder));
    }

    @Test
    void anAddressThatCannotBeListenedOnIsNamedAndTheJobGoesOn() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FollowedJob.begin(console, pipeline("{listen: '127.0.0.1:%d'}".formatted(taken.getLocalPort())), "train")
                    .close();
        }
        FollowedJob.begin(console, pipeline("{listen: 'nowhere.invalid:9400'}"), "train")
                .close();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("it is monitor.prometheus.listen, and another program may have the port")
                .contains("Cannot show metrics at nowhere.invalid: no machine has this name");
    }

    private String file(String part) throws IOException {
        return Files.readString(folder.resolve("trainyard-p-train-%s.prom".formatted(part)));
    }

    private String get(URI uri, String method) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
    }

    private Pipeline pipeline(String prometheus) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                name: p
                sources: {tx: {path: data, event_time: at}}
                training: {rows: tx, label: y}
                monitor: {prometheus: %s}
                """.formatted(prometheus));
        return PipelineFile.load(file, Optional.empty(), List.of(), Map.of());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
