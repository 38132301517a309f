package io.trainyard.jobs.notice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * A text sent by HTTP, again where the other side asks for it or was not reached. What an address holds beside its host is no business of a
 * log: webhooks' paths are secrets.
 */
final class Post {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int TRIES = 4;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String what;
    private final URI address;
    private final Duration wait;

    /**
     * @param what is sent, for messages, such as {@code an alert}
     * @param wait before the second try where the other side does not say how long; doubled for each further one
     */
    Post(String what, String address, Duration wait) {
        this.what = what;
        this.address = parsed(what, address);
        this.wait = wait;
    }

    /** Says nothing of an address that cannot be read: a secret may be in it. */
    private static URI parsed(String what, String address) {
        Optional<URI> uri;
        try {
            uri = Optional.of(new URI(address));
        } catch (URISyntaxException unreadable) {
            uri = Optional.empty();
        }
        return uri.filter(read -> read.getHost() != null)
                .orElseThrow(() -> new NoticeException(
                        "Cannot send %s: its address is no URL with a host (the address itself may be secret, and is not shown)"
                                .formatted(what)));
    }

    /** @throws NoticeException if it did not arrive, with the reason */
    void send(String method, String type, String body, Optional<String> key) throws InterruptedException {
        requireSafe();
        Duration pause = wait;
        for (int tried = 1; ; tried++) {
            Optional<Duration> again = attempt(request(method, type, body, key), tried == TRIES, pause);
            if (again.isEmpty()) {
                return;
            }
            Thread.sleep(again.get().toMillis());
            pause = pause.multipliedBy(2);
        }
    }

    private HttpRequest request(String method, String type, String body, Optional<String> key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(withoutUser())
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        key.ifPresent(value -> request.header("Idempotency-Key", value));
        Optional.ofNullable(address.getUserInfo())
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        return request.build();
    }

    private URI withoutUser() {
        return address.getRawUserInfo() == null
                ? address
                : URI.create(address.toString().replaceFirst("//[^/@]*@", "//"));
    }

    /** How long to wait for another try; empty when it has arrived. */
    private Optional<Duration> attempt(HttpRequest request, boolean last, Duration pause) throws InterruptedException {
        try {
            HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
            int code = answer.statusCode();
            if (code / 100 == 2) {
                return Optional.empty();
            }
            boolean passing = code == 429 || code == 502 || code == 503 || code == 504;
            if (last || !passing) {
                throw new NoticeException(
                        "Cannot send %s to %s: it answered %d".formatted(what, address.getHost(), code));
            }
            Duration asked = answer.headers()
                    .firstValue("Retry-After")
                    .filter(text -> text.matches("[0-9]{1,9}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                    .orElse(pause);
            if (asked.compareTo(LONGEST_WAIT) > 0) {
                throw new NoticeException("Cannot send %s to %s: it answered %d, and asks to wait %d s"
                        .formatted(what, address.getHost(), code, asked.toSeconds()));
            }
            return Optional.of(asked);
        } catch (IOException e) {
            if (last) {
                throw new NoticeException("Cannot send %s to %s: %s".formatted(what, address.getHost(), reason(e)), e);
            }
            return Optional.of(pause);
        }
    }

    /** Java says nothing more of a refused connection than its name. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void requireSafe() {
        if (address.getUserInfo() != null && "http".equals(address.getScheme()) && !isLoopback()) {
            throw new NoticeException(
                    "Cannot send %s to %s: its address holds a password, and http would show it to everyone on the way; use https"
                            .formatted(what, address.getHost()));
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
