package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.RegistryException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowConnectionTest {
    private static final String TOKEN = "s3cret-token";

    @Test
    void anAddressIsEnough() {
        MlflowConnection connection =
                MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", "https://mlflow.example.com/a/"));

        assertThat(connection)
                .isEqualTo(MlflowConnection.of(
                        new Endpoint(URI.create("https://mlflow.example.com/a"), new Credentials.Anonymous())));
        assertThat(connection.retries().most()).isEqualTo(7);
        assertThat(connection.timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void theVariablesMeanWhatTheyMeanToPython() {
        MlflowConnection connection = MlflowConnection.from(Map.of(
                "MLFLOW_TRACKING_URI", "https://tracking.example.com",
                "MLFLOW_REGISTRY_URI", "https://models.example.com",
                "MLFLOW_TRACKING_TOKEN", TOKEN,
                "MLFLOW_TRACKING_SERVER_CERT_PATH", "/etc/ca.pem",
                "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3",
                "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.5",
                "MLFLOW_HTTP_REQUEST_TIMEOUT", "30",
                "MLFLOW_EXPERIMENT_NAME", "cards"));

        Credentials credentials = new Credentials.Bearer(TOKEN);
        assertThat(connection)
                .isEqualTo(new MlflowConnection(
                        Endpoint.of("https://tracking.example.com", credentials),
                        Endpoint.of("https://models.example.com", credentials),
                        RegistryKind.SERVER,
                        new Trust.Certificates(Path.of("/etc/ca.pem")),
                        new Retries(3, Duration.ofMillis(500)),
                        Duration.ofSeconds(30),
                        "cards"));
    }

    @Test
    void aUserComesBeforeAToken() {
        MlflowConnection connection = MlflowConnection.from(Map.of(
                "MLFLOW_TRACKING_URI", "https://mlflow.example.com",
                "MLFLOW_TRACKING_USERNAME", "alice",
                "MLFLOW_TRACKING_PASSWORD", "s3cret",
                "MLFLOW_TRACKING_TOKEN", TOKEN));

        assertThat(connection.tracking().credentials()).isEqualTo(new Credentials.Basic("alice", "s3cret"));
    }

    @Test
    void databricksGetsItsOwnTokenAndNoOther() {
        MlflowConnection connection = MlflowConnection.from(Map.of(
                "MLFLOW_TRACKING_URI", "databricks",
                "MLFLOW_REGISTRY_URI", "https://mlflow.example.com",
                "MLFLOW_TRACKING_TOKEN", TOKEN,
                "DATABRICKS_HOST", "adb-1.2.azuredatabricks.net",
                "DATABRICKS_TOKEN", "dapi1"));

        assertThat(connection.tracking())
                .isEqualTo(Endpoint.of("https://adb-1.2.azuredatabricks.net", new Credentials.Bearer("dapi1")));
        assertThat(connection.registry().credentials()).isEqualTo(new Credentials.Bearer(TOKEN));
        assertThat(connection.experiment()).isEqualTo("/Shared/trainyard");
    }

    @Test
    void modelsInUnityCatalogAreWithDatabricksAndRunsAnywhere() {
        MlflowConnection connection = MlflowConnection.from(Map.of(
                "MLFLOW_TRACKING_URI", "https://mlflow.example.com",
                "MLFLOW_REGISTRY_URI", "databricks-uc",
                "MLFLOW_TRACKING_TOKEN", TOKEN,
                "DATABRICKS_HOST", "adb-1.2.azuredatabricks.net",
                "DATABRICKS_TOKEN", "dapi1"));

        assertThat(connection.kind()).isEqualTo(RegistryKind.UNITY_CATALOG);
        assertThat(connection.registry())
                .isEqualTo(Endpoint.of("https://adb-1.2.azuredatabricks.net", new Credentials.Bearer("dapi1")));
        assertThat(connection.tracking())
                .isEqualTo(Endpoint.of("https://mlflow.example.com", new Credentials.Bearer(TOKEN)));
        assertThat(connection.experiment()).isEqualTo("trainyard");
        assertThat(connection.with(Duration.ofSeconds(1)).with(Retries.DEFAULT).kind())
                .isEqualTo(RegistryKind.UNITY_CATALOG);
        assertThat(MlflowConnection.from(Map.of(
                                "MLFLOW_TRACKING_URI", "databricks",
                                "DATABRICKS_HOST", "adb-1.2.azuredatabricks.net",
                                "DATABRICKS_TOKEN", "dapi1"))
                        .kind())
                .isEqualTo(RegistryKind.SERVER);
    }

    @Test
    void unityCatalogNeedsHostAndTokenAndKeepsTheTokenFromOthers() {
        Map<String, String> tracking =
                Map.of("MLFLOW_TRACKING_URI", "https://x.example", "MLFLOW_REGISTRY_URI", "databricks-uc");
        assertThatThrownBy(() -> MlflowConnection.from(tracking))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("DATABRICKS_HOST is not set");
        Map<String, String> open = new TreeMap<>(tracking);
        open.putAll(Map.of("DATABRICKS_HOST", "http://adb-1.2.azuredatabricks.net", "DATABRICKS_TOKEN", TOKEN));
        assertThatThrownBy(() -> MlflowConnection.from(open))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("over plain http")
                .hasMessageNotContaining(TOKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            databricks-uc | Unity Catalog has models and no runs; set MLFLOW_TRACKING_URI to 'databricks' or to an address, and MLFLOW_REGISTRY_URI to 'databricks-uc'
            databricks://team | profiles are not supported; use 'databricks', or for models in Unity Catalog MLFLOW_REGISTRY_URI='databricks-uc', with DATABRICKS_HOST and DATABRICKS_TOKEN
            databricks-uc://team | profiles are not supported; use 'databricks'
            uc:http://localhost:8080 | Unity Catalog's open-source server has no aliases; use that of Databricks ('databricks-uc'), or MLflow's own registry
            """)
    void whatIsNotSupportedIsSaidInWords(String address, String reason) {
        assertThatThrownBy(() -> MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", address)))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot use MLFLOW_TRACKING_URI='%s': %s".formatted(address, reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"databricks://team", "databricks-uc://team", "uc:http://localhost:8080"})
    void norIsItForModels(String address) {
        assertThatThrownBy(() -> MlflowConnection.from(
                        Map.of("MLFLOW_TRACKING_URI", "https://x.example", "MLFLOW_REGISTRY_URI", address)))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot use MLFLOW_REGISTRY_URI='%s': ".formatted(address));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> MlflowConnection.from(Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot connect to MLflow: MLFLOW_TRACKING_URI is not set; set it to the server's address,"
                        + " such as https://mlflow.example.com");
        assertThatThrownBy(() -> MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", "databricks")))
                .hasMessageContaining("DATABRICKS_HOST is not set");
        assertThatThrownBy(() -> MlflowConnection.from(
                        Map.of("MLFLOW_TRACKING_URI", "https://x.example", "MLFLOW_TRACKING_USERNAME", "alice")))
                .hasMessageContaining("only one is set");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> MlflowConnection.from(
                        Map.of("MLFLOW_TRACKING_URI", "https://x.example", "MLFLOW_HTTP_REQUEST_TIMEOUT", "soon")))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot use MLFLOW_HTTP_REQUEST_TIMEOUT='soon': it is not such a number");
        assertThatThrownBy(() -> MlflowConnection.from(
                        Map.of("MLFLOW_TRACKING_URI", "https://x.example", "MLFLOW_HTTP_REQUEST_TIMEOUT", "0")))
                .hasMessageContaining("give more than 0 seconds");
        assertThatThrownBy(() -> MlflowConnection.from(
                        Map.of("MLFLOW_TRACKING_URI", "https://x.example", "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "-1")))
                .hasMessageContaining("give 0 or more");
        assertThatThrownBy(() -> MlflowConnection.from(Map.of(
                        "MLFLOW_TRACKING_URI", "https://x.example",
                        "MLFLOW_TRACKING_INSECURE_TLS", "true",
                        "MLFLOW_TRACKING_SERVER_CERT_PATH", "/etc/ca.pem")))
                .hasMessageContaining("are both set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mlflow.example.com",
                "http://10.0.0.1:5000",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://127.evil.example",
                "HTTP://MLFLOW.example.com"
            })
    void aTokenDoesNotGoOverPlainHttpToAnotherHost(String address) {
        assertThatThrownBy(() ->
                        MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", address, "MLFLOW_TRACKING_TOKEN", TOKEN)))
                .isInstanceOf(RegistryException.class)
                .hasMessageNotContaining(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:5000", "http://127.0.0.1", "http://[::1]:5000", "https://mlflow.example.com"})
    void aTokenGoesOverTlsOrStaysOnTheMachine(String address) {
        assertThat(MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", address, "MLFLOW_TRACKING_TOKEN", TOKEN))
                        .tracking()
                        .credentials()
                        .header())
                .contains("Bearer " + TOKEN);
    }

    @Test
    void withoutASecretPlainHttpIsAllowed() {
        assertThat(MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", "http://mlflow.example.com"))
                        .tracking()
                        .uri())
                .hasHost("mlflow.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://alice:s3cret@mlflow.example.com",
                "https://alice:s3cret@mlflow_host",
                "https://alice:s3 cret@mlflow.example.com"
            })
    void aPasswordInTheAddressIsRefusedAndNotShown(String address) {
        assertThatThrownBy(() -> MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", address)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot use the address of MLflow")
                .hasMessageNotContaining("s3")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlflow.example.com", "sqlite:///mlflow.db", "https:///x", "https://x.example?token=1"})
    void anAddressThatIsNoneOfTheWebIsRefused(String address) {
        assertThatThrownBy(() -> MlflowConnection.from(Map.of("MLFLOW_TRACKING_URI", address)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("write it like https://mlflow.example.com");
    }

    @Test
    void aTokenWithANewlineIsRefusedAndNotShown() {
        assertThatThrownBy(() -> new Credentials.Bearer(TOKEN + "\n"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("a newline at its end")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void nothingShowsASecret() {
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_URI", "https://x.example",
                "MLFLOW_TRACKING_USERNAME", "alice",
                "MLFLOW_TRACKING_PASSWORD", TOKEN);

        assertThat(MlflowConnection.from(environment).toString())
                .contains("user alice")
                .doesNotContain(TOKEN);
        assertThat(new MlflowEnvironment(environment).toString()).doesNotContain(TOKEN);
        assertThat(new Credentials.Bearer(TOKEN).toString()).doesNotContain(TOKEN);
    }
}
