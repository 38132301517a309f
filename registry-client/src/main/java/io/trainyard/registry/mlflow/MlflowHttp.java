package io.trainyard.registry.mlflow;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One server. Sends calls, repeats those that failed for a reason which may pass, and follows no redirect: it could take
 * the credentials to another host.
 */
final class MlflowHttp {
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);
    private static final long LARGEST_ERROR = 1L << 20;
    private static final long BYTES_PER_TIMEOUT = 8L << 20;

    private final Endpoint endpoint;
    private final HttpClient client;
    private final Retries retries;
    private final Duration timeout;
    private final Pause pause;
    private final Clock clock;
    private final Refusals refusals;

    MlflowHttp(Endpoint endpoint, MlflowConnection connection, HttpClient client, Pause pause, Clock clock) {
        this.endpoint = endpoint;
        this.client = client;
        this.pause = pause;
        this.clock = clock;
        retries = connection.retries();
        timeout = connection.timeout();
        refusals = new Refusals(endpoint);
    }

    static HttpClient client(MlflowConnection connection) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connection.timeout())
                .sslContext(connection.trust().context())
                .build();
    }

    /** Sends a call whose repetition does no harm. */
    <T> T send(Call<T> call) {
        return send(call, Optional::empty);
    }

    /**
     * Sends a call that must have its effect once. After a failure that leaves open whether it had, {@code lookUp} is
     * asked first, and the call is repeated only when that finds nothing.
     */
    <T> T send(Call<T> call, Supplier<Optional<T>> lookUp) {
        int failures = 0;
        while (true) {
            try {
                return attempt(call);
            } catch (TransientException e) {
                failures++;
                Duration wait = e.asked().orElse(retries.wait(failures));
                if (failures > retries.most() || wait.compareTo(Retries.LONGEST_WAIT) > 0) {
                    throw refusals.givenUp(call, failures, e);
                }
                pause(wait);
            }
            Optional<T> done = lookUp.get();
            if (done.isPresent()) {
                return done.get();
            }
        }
    }

    private <T> T attempt(Call<T> call) throws TransientException {
        HttpResponse<byte[]> answer = answer(call);
        int status = answer.statusCode();
        if (TRANSIENT.contains(status)) {
            throw new TransientException(
                    refusals.text(status, answer.body()), RetryAfter.of(answer.headers(), clock.instant()), null);
        }
        if (status < 200 || status > 299) {
            throw refusals.of(call, status, answer.body());
        }
        try {
            return call.reader().apply(answer.body());
        } catch (IllegalArgumentException e) {
            throw refusals.unreadable(call, e);
        }
    }

    /** The answer as a whole within the timeout, the body too, for which the client itself sets no limit. */
    private HttpResponse<byte[]> answer(Call<?> call) throws TransientException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(call), info -> subscriber(call, info.statusCode()));
        Duration deadline = timeout.multipliedBy(1 + call.bytes() / BYTES_PER_TIMEOUT);
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new TransientException("no complete answer within " + deadline, Optional.empty(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LimitedBody.TooLargeException tooLarge) {
                throw refusals.unreadable(call, tooLarge);
            }
            if (isUntrusted(cause)) {
                throw refusals.untrusted(cause);
            }
            if (!(cause instanceof IOException)) {
                throw new IllegalStateException("an HTTP client failed in an unforeseen way", cause);
            }
            throw new TransientException(text(cause), Optional.empty(), cause);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted();
        }
    }

    private HttpRequest request(Call<?> call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(endpoint.uri() + "/api/2.0" + call.path() + call.query()))
                .header("Content-Type", call.contentType())
                .method(call.method(), call.body());
        endpoint.credentials().header().ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    private static BodySubscriber<byte[]> subscriber(Call<?> call, int status) {
        if (status != 200) {
            return LimitedBody.inMemory(LARGEST_ERROR);
        }
        try {
            return call.receiver().open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets time pass; an interruption ends the call. */
    void pause(Duration wait) {
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static boolean isUntrusted(Throwable problem) {
        return problem instanceof GeneralSecurityException
                || (problem.getCause() != null && isUntrusted(problem.getCause()));
    }

    private static UncheckedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(new InterruptedIOException("interrupted while MLflow was called"));
    }

    private static String text(Throwable problem) {
        String name = problem.getClass().getSimpleName();
        return problem.getMessage() == null ? name : name + ": " + problem.getMessage();
    }

    /** A failure that may pass. */
    static final class TransientException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> asked;

        private TransientException(String message, Optional<Duration> asked, Throwable cause) {
            super(message, cause);
            this.asked = asked;
        }

        /** How long the server wants one to wait. */
        private Optional<Duration> asked() {
            return asked;
        }
    }
}
