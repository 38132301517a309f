package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.RegistryException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowHttpTest {
    private static final String GET_EXPERIMENT = "experiments/get-by-name";

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;
    private final MlflowClient client = clients.client();

    @AfterEach
    void stop() {
        clients.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aServerThatSaysWhenToComeAgainIsObeyed(int status) {
        server.fail(
                GET_EXPERIMENT,
                Fault.retryAfter(status, "7"),
                Fault.retryAfter(status, "Fri, 02 Jan 2026 03:04:35 GMT"),
                Fault.retryAfter(status, "Fri, 02 Jan 2026 03:00:00 GMT"));

        assertThat(client.experiments().byName("none")).isEmpty();
        assertThat(clients.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aFailureThatMayPassIsWaitedOutTwiceAsLongEachTime(int status) {
        server.fail(GET_EXPERIMENT, Fault.status(status), Fault.status(status), new Fault.Cut(false));

        assertThat(client.experiments().byName("none")).isEmpty();
        assertThat(clients.pauses.subList(0, 2)).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void aServerThatStaysBusyIsGivenUp() {
        server.fail(
                GET_EXPERIMENT,
                Stream.generate(() -> Fault.retryAfter(503, "1")).limit(8).toArray(Fault[]::new));

        assertThatThrownBy(() -> client.experiments().byName("none"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("MLflow at " + server.address() + " did not serve GET /mlflow/experiments/get-by-name in 8"
                        + " tries, at last: 503 busy; try again later");
        assertThat(server.requests()).hasSize(8);
    }

    @Test
    void aServerThatAsksForTooMuchPatienceIsGivenUpAtOnce() {
        server.fail(GET_EXPERIMENT, Fault.retryAfter(429, "301"));

        assertThatThrownBy(() -> client.experiments().byName("none"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("in 1 try");
        assertThat(clients.pauses).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsGivenUp() {
        MlflowConnection gone =
                clients.connection(new Credentials.Anonymous()).with(new Retries(2, Duration.ofSeconds(1)));
        server.close();

        assertThatThrownBy(() -> clients.client(gone).models().all())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("did not serve GET /mlflow/registered-models/search in 3 tries, at last: "
                        + "ConnectException");
    }

    @Test
    void aBodyThatStopsHalfwayIsNotWaitedForForEver() {
        server.fail(GET_EXPERIMENT, new Fault.Endless(true));
        server.tracking.answer(
                "POST experiments/create",
                new Calls.Arguments(AnswerJson.object().put("name", "x")));
        MlflowConnection connection =
                clients.connection(new Credentials.Anonymous()).with(Duration.ofSeconds(1));

        assertThat(clients.client(connection).experiments().byName("x")).isPresent();
        assertThat(server.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void aBodyThatDoesNotEndIsCutOff() {
        server.fail("registered-models/search", new Fault.Endless(false));

        assertThatThrownBy(() -> client.models().all())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("GET /mlflow/registered-models/search: it is larger than 67108864 bytes");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anErrorThatDoesNotPassIsNotRepeated() {
        server.fail(
                GET_EXPERIMENT,
                new Fault.Answer(501, Map.of(), "{\"error_code\":\"NOT_IMPLEMENTED\",\"message\":\"no\"}"));

        assertThatThrownBy(() -> client.experiments().byName("x"))
                .isInstanceOf(MlflowException.class)
                .hasMessage("MLflow at " + server.address()
                        + " refuses GET /mlflow/experiments/get-by-name (501 NOT_IMPLEMENTED: no)");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (MlflowServer other = MlflowServer.start()) {
            server.fail(
                    GET_EXPERIMENT, new Fault.Answer(302, Map.of("Location", other.address() + "/api/2.0/"), "moved"));
            MlflowClient signedIn = clients.client(clients.connection(new Credentials.Bearer("s3cret-token")));

            assertThatThrownBy(() -> signedIn.experiments().byName("x"))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("(302 moved); redirects are not followed");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void whatIsNoMlflowIsSaidToBeNone() {
        server.fail(
                GET_EXPERIMENT,
                new Fault.Answer(200, Map.of(), "<html>Sign in</html>"),
                new Fault.Answer(404, Map.of(), "<html>Not here</html>"));

        assertThatThrownBy(() -> client.experiments().byName("x"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "it is no JSON object; is MLFLOW_TRACKING_URI (or MLFLOW_REGISTRY_URI, DATABRICKS_HOST) the address of an MLflow server?");
        assertThatThrownBy(() -> client.experiments().byName("x"))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining(
                        "(404 <html>Not here</html>); is MLFLOW_TRACKING_URI (or MLFLOW_REGISTRY_URI, DATABRICKS_HOST) the address");
    }

    @Test
    void aRefusalInPlainTextShowsNoSecret() {
        server.require("Bearer another");
        MlflowClient stranger = clients.client(clients.connection(new Credentials.Bearer("s3cret-token")));

        assertThatThrownBy(() -> stranger.models().all())
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("(401 You are not authenticated. You sent me Bearer ***.); set")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aBusyServersTextShowsNoSecret() {
        server.fail(
                GET_EXPERIMENT, new Fault.Answer(503, Map.of("Retry-After", "900"), "from dTpwYXNzd29yZDE= password1"));
        MlflowClient someone = clients.client(clients.connection(new Credentials.Basic("u", "password1")));

        assertThatThrownBy(() -> someone.experiments().byName("x"))
                .hasMessageContaining("503 from *** ***")
                .rootCause()
                .hasMessageNotContaining("password1");
    }

    @Test
    void userAndPasswordAreSent() {
        server.require("Basic dTpww6Q=");

        assertThat(clients.client(clients.connection(new Credentials.Basic("u", "pä")))
                        .models()
                        .all())
                .isEmpty();
    }
}
