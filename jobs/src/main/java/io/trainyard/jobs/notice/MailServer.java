package io.trainyard.jobs.notice;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/** Sends alerts as mails, by SMTP (RFC 5321). No password goes over the net in clear. */
public final class MailServer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_SUBJECT = 200;

    private final String host;
    private final int port;
    private final Security security;
    private final String from;
    private final Optional<Login> login;
    private final Optional<SSLSocketFactory> sockets;

    /** How a connection is kept from being read on the way. */
    public enum Security {
        /** It becomes one of TLS before anything is said, or ends (RFC 3207). */
        STARTTLS(587),
        /** It is one of TLS from the start (RFC 8314). */
        TLS(465),
        /** It is not. */
        NONE(25);

        private final int port;

        Security(int port) {
            this.port = port;
        }

        /** Where servers take mails in this way. */
        public int port() {
            return port;
        }
    }

    /** Who sends, as the server knows him. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** @param from the sender's address */
    public MailServer(String host, int port, Security security, String from, Optional<Login> login) {
        this(host, port, security, from, login, Optional.empty());
    }

    MailServer(
            String host,
            int port,
            Security security,
            String from,
            Optional<Login> login,
            Optional<SSLSocketFactory> sockets) {
        this.host = host;
        this.port = port;
        this.security = security;
        this.from = from;
        this.login = login;
        this.sockets = sockets;
    }

    /**
     * Sends an alert to one receiver, under a name that stays the same when it is told again.
     *
     * @param at when it is sent
     * @throws NoticeException if the server did not take it
     */
    public void send(Alert alert, String to, Instant at) {
        requireSafe();
        String protocol = security == Security.TLS ? "smtps" : "smtp";
        Session session = Session.getInstance(properties("mail." + protocol + "."));
        try (Transport transport = session.getTransport(protocol)) {
            Message message = message(alert, to, at, session);
            transport.connect(
                    host,
                    port,
                    login.map(Login::user).orElse(null),
                    login.map(Login::password).orElse(null));
            transport.sendMessage(message, new Address[] {new InternetAddress(to)});
        } catch (MessagingException e) {
            throw new NoticeException(
                    "Cannot send an alert to %s by %s:%d: %s".formatted(to, host, port, reason(e)), e);
        }
    }

    private Properties properties(String prefix) {
        Properties properties = new Properties();
        String patience = String.valueOf(PATIENCE.toMillis());
        properties.put(prefix + "connectiontimeout", patience);
        properties.put(prefix + "timeout", patience);
        properties.put(prefix + "writetimeout", patience);
        properties.put(prefix + "auth", String.valueOf(login.isPresent()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        if (security == Security.STARTTLS) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        sockets.ifPresent(factory -> properties.put(prefix + "ssl.socketFactory", factory));
        return properties;
    }

    private Message message(Alert alert, String to, Instant at, Session session) throws MessagingException {
        MimeMessage message = new NamedMessage(session, name(alert.key()));
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(
                line("[%s] %s: %s".formatted(alert.pipeline(), alert.state(), alert.subject())),
                StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(at));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (!alert.incident().open()) {
            message.setHeader("In-Reply-To", name(alert.keyOfOpening()));
            message.setHeader("References", name(alert.keyOfOpening()));
        }
        // As bytes: how to write a text would be looked up among handlers by their class names.
        message.setDataHandler(new DataHandler(
                new ByteArrayDataSource(text(alert).getBytes(StandardCharsets.UTF_8), "text/plain; charset=UTF-8")));
        message.saveChanges();
        return message;
    }

    private static String text(Alert alert) {
        return "%s\n\n%s\n\n%s\n"
                .formatted(
                        alert.summary(),
                        alert.incident().reasons().stream()
                                .map(reason -> "- " + reason)
                                .collect(Collectors.joining("\n")),
                        alert.key());
    }

    /** Names of columns may hold what would end a header. */
    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) + "…" : line;
    }

    private static String name(String key) {
        return "<%s@trainyard>".formatted(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** A message under a name of its own, by which mail programs know one that they have got, and what answers it. */
    private static final class NamedMessage extends MimeMessage {
        private final String name;

        NamedMessage(Session session, String name) {
            super(session);
            this.name = name;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", name);
        }
    }

    private static String reason(MessagingException e) {
        String text = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        Exception next = e.getNextException();
        return next == null || next.getMessage() == null || text.contains(next.getMessage())
                ? text
                : text + ": " + next.getMessage();
    }

    private void requireSafe() {
        if (login.isPresent() && security == Security.NONE && !isLoopback()) {
            throw new NoticeException(
                    "Cannot send an alert by %s: a password would go there in clear; set security to starttls or tls"
                            .formatted(host));
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
