package io.trainyard.jobs.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Incident;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final Alert ALERT = new Alert(
            "p",
            "m",
            3,
            new Incident(
                    "m@3/feature a/2026-03-01T00:00:00Z",
                    Finding.Kind.FEATURE,
                    "say \"a\"",
                    Instant.parse("2026-03-01T00:00:00Z"),
                    Optional.empty(),
                    1,
                    List.of("nulls are 5 %", "more")));

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final Deque<Integer> codes = new ArrayDeque<>();
    private HttpServer server;
    private volatile String retryAfter = "0";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            int code = codes.isEmpty() ? 200 : codes.pop();
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:%d/services/T0/secret"
                .formatted(server.getAddress().getPort());
    }

    private Webhook webhook(Optional<String> template) {
        return new Webhook(address(), template, Duration.ofMillis(1));
    }

    @Test
    void anAlertSaysWhatIsWrongSinceWhenAndWhy() throws Exception {
        webhook(Optional.empty()).send(ALERT);

        JsonNode body = new ObjectMapper().readTree(bodies.get(0));
        assertThat(body.at("/state").asText()).isEqualTo("opened");
        assertThat(body.at("/version").asInt()).isEqualTo(3);
        assertThat(body.at("/subject").asText()).isEqualTo("feature say \"a\"");
        assertThat(body.at("/reasons")).hasSize(2);
        assertThat(body.at("/summary").asText())
                .isEqualTo("m version 3: feature say \"a\" since 2026-03-01T00:00:00Z: nulls are 5 %; more");
        assertThat(keys).containsExactly("m@3/feature a/2026-03-01T00:00:00Z/opened");
    }

    @Test
    void aTemplateGetsTextsThatStayText() throws Exception {
        webhook(Optional.of("{\"text\": \"%{summary}\"}")).send(ALERT);

        assertThat(new ObjectMapper().readTree(bodies.get(0)).at("/text").asText())
                .contains("say \"a\"");
    }

    @Test
    void whatATemplateCannotHaveIsToldBeforeAnythingIsSent() {
        assertThatThrownBy(
                        () -> webhook(Optional.of("{\"text\": \"%{sumary}\"}")).send(ALERT))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("it has %{sumary}, and there are [model,");
        assertThatThrownBy(() -> webhook(Optional.of("{\"text\": %{summary}}")).send(ALERT))
                .hasMessageContaining("is no JSON");
        assertThat(bodies).isEmpty();
    }

    @Test
    void whoIsBusyIsAskedAgain() throws Exception {
        codes.addAll(List.of(503, 429));

        webhook(Optional.empty()).send(ALERT);

        assertThat(keys).hasSize(3).containsOnly(ALERT.key());
    }

    @Test
    void whoRefusesIsNotAskedAgainAndThePathStaysSecret() {
        codes.add(404);

        assertThatThrownBy(() -> webhook(Optional.empty()).send(ALERT))
                .isInstanceOf(NoticeException.class)
                .hasMessage("Cannot send an alert to 127.0.0.1: it answered 404");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void whoStaysAwayIsGivenUp() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThatThrownBy(() ->
                        new Webhook("http://127.0.0.1:" + free, Optional.empty(), Duration.ofMillis(1)).send(ALERT))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("Cannot send an alert to 127.0.0.1: ConnectException");
    }

    @Test
    void aPasswordDoesNotGoOverTheNetInClear() {
        assertThatThrownBy(() -> new Webhook("http://me:pass@example.org/", Optional.empty()).send(ALERT))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("use https")
                .hasMessageNotContaining("pass@");
    }

    @Test
    void anAddressThatCannotBeReadIsNotShown() {
        for (String address : List.of("http://under_score/services/SECRET", "http://example.org/SECRET path")) {
            assertThatThrownBy(() -> new Webhook(address, Optional.empty()))
                    .isInstanceOf(NoticeException.class)
                    .hasMessageContaining("no URL with a host")
                    .hasMessageNotContaining("SECRET")
                    .hasNoCause();
        }
    }

    @Test
    void whoAsksToWaitForLongIsLeftToTheNextRun() {
        codes.add(503);
        retryAfter = "3600";

        assertThatThrownBy(() -> webhook(Optional.empty()).send(ALERT))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("it answered 503, and asks to wait 3600 s");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void metricsArePushedUnderTheirModel() throws Exception {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();

        new Pushgateway(base + "/").push("card fraud", "a 1\n");

        assertThat(bodies).containsExactly("a 1\n");
    }
}
