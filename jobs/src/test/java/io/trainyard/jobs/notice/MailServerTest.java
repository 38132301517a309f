package io.trainyard.jobs.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Incident;
import io.trainyard.jobs.notice.MailServer.Login;
import io.trainyard.jobs.notice.MailServer.Security;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails to a server on this machine, whose certificate is for {@code localhost}. */
class MailServerTest {
    private static final String PASSWORD = "changeit";
    private static final String FROM = "trainyard@example.org";
    private static final String TO = "ops@example.org";

    private static final Incident OPENED = new Incident(
            "m@3/feature a/2026-03-01T00:00:00Z",
            Finding.Kind.FEATURE,
            "größe\r\nBcc: x@example.org",
            Instant.parse("2026-03-01T00:00:00Z"),
            Optional.empty(),
            1,
            List.of("nulls are 5 %", "more"));
    private static final Instant NOW = Instant.parse("2026-03-02T01:02:03Z");
    private static final Alert ALERT = new Alert("p", "m", 3, OPENED);

    @TempDir
    private static Path folder;

    private static SSLContext trusting;

    private GreenMail server;

    @BeforeAll
    static void certify() throws Exception {
        Path store = folder.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY, store.toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, PASSWORD);
        trusting = context(store);
    }

    @AfterAll
    static void forget() {
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY);
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY);
    }

    private static SSLContext context(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("localhost", store.getCertificate("mykey"));
        trusted.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private void start(String protocol) {
        server = new GreenMail(new ServerSetup(0, "localhost", protocol));
        server.start();
        server.setUser(FROM, "me", "secret");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    private int port() {
        return server.getSmtp() == null
                ? server.getSmtps().getPort()
                : server.getSmtp().getPort();
    }

    private static MailServer mails(String host, int port, Security security, String password) {
        return new MailServer(
                host,
                port,
                security,
                FROM,
                Optional.of(new Login("me", password)),
                Optional.of(trusting.getSocketFactory()));
    }

    @Test
    void anAlertSaysWhatIsWrongSinceWhenAndWhy() throws Exception {
        start(ServerSetup.PROTOCOL_SMTP);
        MailServer mails = new MailServer("localhost", port(), Security.NONE, FROM, Optional.empty());

        mails.send(ALERT, TO, NOW);
        mails.send(new Alert("p", "m", 3, over()), TO, NOW);

        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getSubject()).isEqualTo("[p] opened: feature größe Bcc: x@example.org");
        assertThat(received[0].getHeader("Bcc")).isNull();
        assertThat(received[0].getSentDate().toInstant()).isEqualTo(NOW);
        assertThat(received[0].getAllRecipients()).extracting(Object::toString).containsExactly(TO);
        assertThat(received[0].getFrom()).extracting(Object::toString).containsExactly(FROM);
        assertThat(received[0].getContent().toString())
                .contains("m version 3: feature größe", "since 2026-03-01T00:00:00Z", "- nulls are 5 %", "- more")
                .contains(ALERT.key());
        assertThat(received[1].getSubject()).startsWith("[p] closed: feature größe");
        assertThat(received[1].getHeader("In-Reply-To"))
                .as("one conversation")
                .containsExactly(received[0].getMessageID());
    }

    private static Incident over() {
        return new Incident(
                OPENED.id(),
                OPENED.kind(),
                OPENED.subject(),
                OPENED.opened(),
                Optional.of(OPENED.opened().plusSeconds(1)),
                1,
                OPENED.reasons());
    }

    @Test
    void whoSendsAnAlertAgainGivesItTheSameName() throws Exception {
        start(ServerSetup.PROTOCOL_SMTPS);

        mails("localhost", port(), Security.TLS, "secret").send(ALERT, TO, NOW);
        mails("localhost", port(), Security.TLS, "secret").send(ALERT, TO, NOW);

        assertThat(server.getReceivedMessages())
                .hasSize(2)
                .extracting(MimeMessage::getMessageID)
                .containsOnly(server.getReceivedMessages()[0].getMessageID());
    }

    @Test
    void aConnectionBecomesSecretBeforeAnythingIsSaid() throws Exception {
        start(ServerSetup.PROTOCOL_SMTP);
        try (StartTlsFront front = new StartTlsFront(trusting, port())) {
            mails("localhost", front.port(), Security.STARTTLS, "secret").send(ALERT, TO, NOW);
        }

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aServerThatCannotKeepASecretIsToldNone() {
        start(ServerSetup.PROTOCOL_SMTP);

        assertThatThrownBy(() ->
                        mails("localhost", port(), Security.STARTTLS, "secret").send(ALERT, TO, NOW))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("Cannot send an alert to ops@example.org by localhost:" + port())
                .hasMessageContaining("STARTTLS is required");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsAnotherOneIsNotTrusted() {
        start(ServerSetup.PROTOCOL_SMTPS);
        MailServer unknown =
                new MailServer("localhost", port(), Security.TLS, FROM, Optional.of(new Login("me", "secret")));

        assertThatThrownBy(() -> unknown.send(ALERT, TO, NOW)).hasMessageContaining("certification path");
        assertThatThrownBy(
                        () -> mails("127.0.0.1", port(), Security.TLS, "secret").send(ALERT, TO, NOW))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("127.0.0.1");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aPasswordThatIsRefusedIsNotShown() {
        start(ServerSetup.PROTOCOL_SMTPS);

        assertThatThrownBy(() ->
                        mails("localhost", port(), Security.TLS, "wrong-one").send(ALERT, TO, NOW))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("535")
                .hasMessageNotContaining("wrong-one");
        assertThat(new Login("me", "wrong-one")).hasToString("me");
    }

    @Test
    void aPasswordDoesNotGoOverTheNetInClear() {
        assertThatThrownBy(() -> mails("192.0.2.1", 25, Security.NONE, "secret").send(ALERT, TO, NOW))
                .isInstanceOf(NoticeException.class)
                .hasMessage(
                        "Cannot send an alert by 192.0.2.1: a password would go there in clear; set security to starttls or tls");
    }

    @Test
    void aServerThatIsDownIsToldOf() {
        start(ServerSetup.PROTOCOL_SMTP);
        int port = port();
        server.stop();

        assertThatThrownBy(() ->
                        new MailServer("localhost", port, Security.NONE, FROM, Optional.empty()).send(ALERT, TO, NOW))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("Cannot send an alert to ops@example.org by localhost:%d: ".formatted(port))
                .hasMessageContaining("refused");
    }
}
