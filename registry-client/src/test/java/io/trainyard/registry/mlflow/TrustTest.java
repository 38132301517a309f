package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One certificate for the host {@code localhost}, signed by itself, and one for another host. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustTest {
    private static final String PASSWORD = "changeit";

    private Path folder;
    private MlflowServer server;
    private MlflowServer other;

    @BeforeAll
    void start(@TempDir Path given) throws IOException, InterruptedException, GeneralSecurityException {
        folder = given;
        server = server("server", "dns:localhost");
        other = server("other", "dns:other.example");
    }

    @AfterAll
    void stop() {
        server.close();
        other.close();
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        assertThatThrownBy(() -> models(server, new Trust.Platform()))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot trust MLflow at https://localhost:" + server.port() + ": ")
                .hasMessageContaining("set MLFLOW_TRACKING_SERVER_CERT_PATH to the PEM file");
    }

    @Test
    void aCertificateFromTheFileIsBelieved() {
        assertThat(models(server, new Trust.Certificates(folder.resolve("server.pem"))))
                .isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        assertThatThrownBy(() -> models(other, new Trust.Certificates(folder.resolve("other.pem"))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("No subject alternative DNS name matching localhost");
        assertThatThrownBy(() -> models(other, new Trust.Certificates(folder.resolve("server.pem"))))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot trust MLflow");
    }

    @Test
    void whoAsksForItBelievesAnyone() {
        assertThat(models(server, new Trust.Anyone())).isEmpty();
        assertThat(models(other, new Trust.Anyone())).isEmpty();
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> models(server, new Trust.Certificates(empty)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("empty.pem")
                .hasMessageContaining("there is no certificate in it");
        assertThatThrownBy(() -> models(server, new Trust.Certificates(folder.resolve("absent.pem"))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("MLFLOW_TRACKING_SERVER_CERT_PATH must name a file of PEM certificates");
    }

    private static List<MlflowModel> models(MlflowServer server, Trust trust) {
        Endpoint endpoint = Endpoint.of("https://localhost:" + server.port(), new Credentials.Bearer("t"));
        MlflowConnection connection = new MlflowConnection(
                endpoint,
                endpoint,
                RegistryKind.SERVER,
                trust,
                new Retries(1, Duration.ZERO),
                Duration.ofMinutes(1),
                "e");
        List<Duration> pauses = new ArrayList<>();
        return new MlflowClient(connection, pauses::add, Clock.systemUTC())
                .models()
                .all();
    }

    private MlflowServer server(String name, String host)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + host, store);
        keytool("-exportcert", "-rfc", "-file", folder.resolve(name + ".pem").toString(), store);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        return MlflowServer.start(https);
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (int index = 0; index < arguments.length - 1; index++) {
            command.add(arguments[index].toString());
        }
        command.addAll(List.of("-alias", "key", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore"));
        command.add(arguments[arguments.length - 1].toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
