package io.trainyard.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.Reports;
import io.trainyard.jobs.notice.MetricsEndpoint;
import io.trainyard.registry.Score;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MonitorMetricsTest {
    private static final Path RULES = Path.of(System.getProperty("trainyard.root"), "conf/prometheus");

    private static String text(Instant now) {
        return MonitorMetrics.text(
                new MonitorReport(
                        "p",
                        now,
                        "roc_auc",
                        List.of(Reports.report(
                                "a \"b\"\n", 1, 1_000, Verdict.DRIFTED, new Score("roc_auc", 0.7, 0.68, 0.72))),
                        List.of(List.of()),
                        Reports.inputs("visits"),
                        List.of()),
                now);
    }

    @Test
    void numbersOfTheNewestWindowAreNamedByModelColumnAndMetric() {
        assertThat(text(Instant.ofEpochSecond(1_700_000_000)))
                .contains(
                        "trainyard_monitor_metric{kind=\"measured\",metric=\"roc_auc\",model=\"m\",pipeline=\"p\"} 0.7\n")
                .contains(
                        "trainyard_monitor_metric{kind=\"tested\",metric=\"roc_auc\",model=\"m\",pipeline=\"p\"} 0.9\n")
                .contains(
                        "trainyard_monitor_verdict{column=\"a \\\"b\\\"\\n\",kind=\"feature\",model=\"m\",pipeline=\"p\"} 2.0\n")
                .contains(
                        "trainyard_monitor_source_age_seconds{model=\"m\",pipeline=\"p\",source=\"visits\"} 259200.0\n")
                .contains(
                        "trainyard_monitor_source_age_limit_seconds{model=\"m\",pipeline=\"p\",source=\"visits\"} 172800.0\n")
                .contains("trainyard_monitor_source_stale{model=\"m\",pipeline=\"p\",source=\"visits\"} 1.0\n")
                .contains(
                        "trainyard_monitor_test_failed_rows{model=\"m\",pipeline=\"p\",table=\"visits\",test=\"not_null id\"} 4.0\n")
                .contains("trainyard_monitor_rows{model=\"m\",pipeline=\"p\"} 1000.0\n")
                .contains("trainyard_monitor_last_success_timestamp_seconds{model=\"m\",pipeline=\"p\"} 1.7E9\n");
    }

    @Test
    void rulesAndDashboardNameWhatIsThere() throws IOException {
        JobMetrics job = new JobMetrics("p", "train", Instant.now(), "Search", 3, 1);
        String jobs = job.ended(Instant.now(), true) + job.succeeded(Instant.now(), OptionalLong.of(7));
        Set<String> there = (text(Instant.now()) + jobs)
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toSet());
        for (String file : List.of("prometheus/trainyard-rules.yml", "grafana/trainyard.json")) {
            Matcher named = Pattern.compile("trainyard_(monitor|job)_[a-z_]+")
                    .matcher(Files.readString(RULES.getParent().resolve(file)));
            assertThat(named.results().map(MatchResult::group))
                    .as(file)
                    .isNotEmpty()
                    .allMatch(there::contains);
        }
    }

    @Test
    void prometheusTakesTheNumbersAndTheRulesHoldTheirTests(@TempDir Path folder) throws Exception {
        assumeOnPath("promtool");

        Path metrics = Files.writeString(folder.resolve("metrics"), text(Instant.now()));
        Process check = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(metrics.toFile())
                .redirectErrorStream(true)
                .start();
        assertGood(check);
        assertGood(new ProcessBuilder("promtool", "check", "rules", "trainyard-rules.yml")
                .directory(RULES.toFile())
                .redirectErrorStream(true)
                .start());
        assertGood(new ProcessBuilder("promtool", "test", "rules", "trainyard-rules-test.yml")
                .directory(RULES.toFile())
                .redirectErrorStream(true)
                .start());
    }

    @Tag("slow")
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void prometheusScrapesThemAndRaisesAlarm(@TempDir Path folder) throws Exception {
        assumeOnPath("prometheus");
        JobMetrics failed = new JobMetrics("p", "train", Instant.now(), "Search", 3, 1);
        MetricsEndpoint exporter = MetricsEndpoint.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                () -> text(Instant.now())
                        + failed.running()
                        + failed.ended(Instant.now(), false).replaceAll("(?m).*_trials.*\n", ""));
        int port = freePort();
        Files.copy(RULES.resolve("trainyard-rules.yml"), folder.resolve("trainyard-rules.yml"));
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [trainyard-rules.yml]
                scrape_configs:
                  - job_name: trainyard
                    honor_labels: true
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(
                        exporter.address().getPort()));
        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            List<String> firing = List.of();
            while (!firing.containsAll(List.of("TrainyardMetricDropped", "TrainyardDrift", "TrainyardJobFailed"))) {
                assertThat(prometheus.isAlive())
                        .as(Files.readString(folder.resolve("log")))
                        .isTrue();
                Thread.sleep(100); // between two looks
                firing = firing(port);
            }
            assertThat(firing).doesNotContain("TrainyardMonitorSilent", "TrainyardNoRows");
        } finally {
            prometheus.destroyForcibly().waitFor();
            exporter.close();
        }
    }

    /** Names of alerts that are firing; none before Prometheus answers. */
    private static List<String> firing(int port) {
        List<String> names = new ArrayList<>();
        try {
            JsonNode answer = new ObjectMapper()
                    .readTree(URI.create("http://127.0.0.1:%d/api/v1/alerts".formatted(port))
                            .toURL());
            answer.at("/data/alerts").forEach(alert -> {
                if (alert.at("/state").asText().equals("firing")) {
                    names.add(alert.at("/labels/alertname").asText());
                }
            });
        } catch (IOException notYet) {
            return names;
        }
        return names;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void assertGood(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void assumeOnPath(String program) {
        assumeThat(Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))))
                .as("no %s on the path", program)
                .isTrue();
    }
}
