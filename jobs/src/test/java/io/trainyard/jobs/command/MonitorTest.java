package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model at work among {@link Visits}, which change. */
@ExtendWith(SparkExtension.class)
class MonitorTest {
    private static final String EIGHT_WEEKS = "2026-03-02";

    private final SparkSession spark;

    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private GreenMail mails;
    private Visits visits;

    MonitorTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            told.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        takeMails(0);
    }

    private void takeMails(int port) {
        mails = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
    }

    @AfterEach
    void hangUp() {
        receiver.stop(0);
        mails.stop();
    }

    @BeforeEach
    void visit() {
        visits = Visits.in(folder, spark);
    }

    @Test
    void whatChangedIsFoundAndWhatDidNotIsNot() throws IOException {
        Path pipeline = visits.pipeline("""
                monitor:
                  every: week
                  windows: 3
                  slices: [channel]
                  freshness: 2 days
                  prometheus: {textfile: %s}
                  alerts:
                    - http://127.0.0.1:%d/hook
                    - {mail: [ops@example.org, me@example.org], from: trainyard@example.org, host: 127.0.0.1, port: %d, security: none}
                """.formatted(
                        folder, receiver.getAddress().getPort(), mails.getSmtp().getPort()));
        assertThat(Program.run("train", pipeline, "--as-of", "2026-02-12").code())
                .isZero();

        Answer seen = Program.run("monitor", pipeline, "--as-of", EIGHT_WEEKS, "--json", "--fail-on", "metric");

        assertThat(seen.code()).as(seen.err()).isEqualTo(3);
        JsonNode windows = seen.json().at("/windows");
        assertThat(windows).hasSize(3);
        assertThat(windows.get(0).at("/from").asText()).isEqualTo("2026-02-09T00:00:00Z");
        assertThat(windows.get(0).at("/labelled").asInt()).isEqualTo(700);
        assertThat(windows.get(0).at("/findings")).as("a week like the others").isEmpty();
        assertThat(windows.get(2).at("/rows").asInt()).isEqualTo(700);
        assertThat(windows.get(2).at("/labelled").asInt())
                .as("known two days later")
                .isEqualTo(500);
        assertThat(windows.get(1).at("/findings"))
                .extracting(
                        found -> found.at("/subject").asText(),
                        found -> found.at("/verdict").asText())
                .contains(tuple("amount", "drifted"), tuple("channel", "drifted"), tuple("roc_auc", "drifted"));
        assertThat(windows.get(1).at("/findings").toString()).contains("new categories");
        assertThat(windows.get(1).at("/findings").toString()).doesNotContain("customer_count_7d");
        assertThat(windows.get(0).at("/measured/roc_auc/value").asDouble())
                .isGreaterThan(0.7)
                .isBetween(
                        windows.get(0).at("/estimated/roc_auc/value").asDouble() - 0.05,
                        windows.get(0).at("/estimated/roc_auc/value").asDouble() + 0.05);
        assertThat(windows.get(1).at("/measured/roc_auc/value").asDouble()).isBetween(0.4, 0.6);
        assertThat(windows.get(1).at("/slices"))
                .extracting(slice -> slice.at("/value").asText())
                .containsExactlyInAnyOrder("shop", "web", "app");
        assertThat(seen.json().at("/incidents"))
                .extracting(
                        incident -> incident.at("/subject").asText(),
                        incident -> incident.at("/opened").asText())
                .contains(tuple("amount", "2026-02-16T00:00:00Z"));
        assertThat(folder.resolve("warehouse/monitoring/visits.html")).content().contains("metric roc_auc");
        assertThat(folder.resolve("trainyard-visits-train-success.prom"))
                .content()
                .contains("trainyard_job_rows{");
        assertThat(folder.resolve("trainyard-visits-monitor-last.prom"))
                .content()
                .contains("trainyard_job_success{");
        assertThat(folder.resolve("trainyard-visits.prom"))
                .content()
                .contains(
                        "trainyard_monitor_open_incidents{model=\"visits\",pipeline=\"visits\"} " + told.size() + ".0");
        assertThat(seen.json().at("/inputs/sources"))
                .extracting(
                        source -> source.at("/source").asText(),
                        source -> source.at("/stale").asBoolean())
                .containsExactly(tuple("visits", false));
        assertStoredOnce(pipeline);
        assertLaterLabelsCount(pipeline);
        assertWhatIsWrongWithTheInputsIsToldToWhomItCanBe(pipeline);
        assertThat(told).as("an incident is told once").doesNotHaveDuplicates().anyMatch(key -> key.contains("amount"));
    }

    private void assertStoredOnce(Path pipeline) throws IOException {
        Answer again = Program.run("monitor", pipeline, "--as-of", EIGHT_WEEKS, "--json", "--fail-on", "volume");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().at("/reused").asBoolean()).isTrue();
        assertThat(told).hasSize(again.json().at("/incidents").size());
        assertThat(mails.getReceivedMessages()).as("each of two").hasSize(2 * told.size());
        Dataset<Row> table = table();
        assertThat(table.count()).isEqualTo(3);
        assertThat(table.selectExpr("explode(results) as r")
                        .where(
                                "r.kind = 'feature' and r.subject = 'amount' and r.measure = 'wasserstein' and r.value > 0.5")
                        .count())
                .isEqualTo(2);
    }

    /** Nobody came in April, and for a while nobody took mails. */
    private void assertWhatIsWrongWithTheInputsIsToldToWhomItCanBe(Path pipeline) throws IOException {
        int port = mails.getSmtp().getPort();
        mails.stop();
        Answer unheard = inMay(pipeline, "drift");

        assertThat(unheard.code()).isEqualTo(1);
        assertThat(unheard.err())
                .contains("Cannot send an alert to ops@example.org by 127.0.0.1:" + port)
                .doesNotContain("\tat ");
        assertThat(unheard.json().at("/windows/2/rows").asInt()).isZero();
        assertThat(unheard.json().at("/windows/2/findings/0/kind").asText()).isEqualTo("volume");
        assertThat(unheard.json().at("/inputs/findings"))
                .extracting(
                        found -> found.at("/kind").asText(),
                        found -> found.at("/subject").asText())
                .containsExactly(tuple("freshness", "visits"), tuple("test", "view customer: row_count max 10"));
        List<String> inputs =
                told.stream().filter(key -> key.startsWith("visits/")).toList();
        assertThat(inputs)
                .containsExactlyInAnyOrder(
                        "visits/freshness visits/2026-03-05T00:00:00Z/opened",
                        "visits/test view customer: row_count max 10/2026-05-01T00:00:00Z/opened");

        takeMails(port);
        int before = told.size();
        assertThat(inMay(pipeline, "drift").code()).isZero();
        assertThat(inMay(pipeline, "freshness").code()).isEqualTo(3);
        assertThat(inMay(pipeline, "test").code()).isEqualTo(3);

        assertThat(told).hasSize(before);
        assertThat(mails.getReceivedMessages())
                .extracting(mail -> mail.getSubject())
                .as("what was not heard before, once to each of two")
                .filteredOn(subject -> subject.endsWith("row_count max 10"))
                .hasSize(2);
        assertThat(folder.resolve("warehouse/monitoring/visits.html"))
                .content()
                .contains("stale: the newest row is of 2026-03-01", "Tests of the last build");
        assertThat(spark.read()
                        .format("delta")
                        .load(folder.resolve("warehouse/monitoring/inputs").toString())
                        .where("as_of = '2026-05-01'")
                        .count())
                .isEqualTo(1);
    }

    private static Answer inMay(Path pipeline, String failing) {
        return Program.run(
                "monitor",
                pipeline,
                "--as-of",
                "2026-05-01",
                "--json",
                "--set",
                "views.customer.tests=[{row_count: {max: 10}, else: warn}]",
                "--fail-on",
                failing);
    }

    private void assertLaterLabelsCount(Path pipeline) throws IOException {
        Answer later = Program.run("monitor", pipeline, "--as-of", "2026-03-05", "--json");

        assertThat(later.json().at("/windows/2/labelled").asInt()).isEqualTo(700);
        assertThat(later.json().at("/incidents"))
                .extracting(incident -> incident.at("/subject").asText())
                .doesNotHaveDuplicates();
        assertThat(table().count()).isEqualTo(6);
        assertThat(Program.run("monitor", pipeline, "--set", "monitor.slices=[chanel]")
                        .err())
                .contains("monitor.slices: the model has no feature 'chanel' (did you mean 'channel'?)");
        assertThat(Program.run("monitor", pipeline, "--as-of", "2026-03-05").out())
                .contains("feature amount, drifted", "Open incidents", "2026-02-23T00:00:00Z");
    }

    private Dataset<Row> table() {
        return spark.read()
                .format("delta")
                .load(folder.resolve("warehouse/monitoring/windows").toString());
    }

    @Test
    void whatCannotBeWatchedIsToldInWords() throws IOException {
        assertThat(Program.run("monitor", visits.pipeline("")).err())
                .contains("has no section 'monitor'; add, for example");
        Answer unknown = Program.run("monitor", visits.pipeline("monitor: {}\n"), "--model", "visits@7");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("Cannot monitor with visits@7: there is no such version");
    }
}
