package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** An MLflow server in this process: real HTTP, state in memory, answers as they were measured, and faults on demand. */
public final class MlflowServer implements AutoCloseable {
    private static final String BASE = "/api/2.0/";

    final TrackingState tracking = new TrackingState();
    final RegistryState registry = new RegistryState();
    final UnityCatalogState catalog = new UnityCatalogState();
    final ArtifactState artifacts = new ArtifactState();

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Recorded> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private volatile Optional<String> authorization = Optional.empty();
    private volatile Supplier<Optional<Fault>> weather = Optional::empty;

    private MlflowServer(HttpServer http) {
        this.http = http;
    }

    /** At a free port of this machine. */
    public static MlflowServer start() {
        // Otherwise the kernel holds back the second half of each answer for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            return start(http);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http} may be one that speaks TLS. */
    static MlflowServer start(HttpServer http) {
        MlflowServer server = new MlflowServer(http);
        http.setExecutor(server.threads);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    /** As {@code MLFLOW_TRACKING_URI} has it. */
    public String address() {
        return "http://127.0.0.1:" + port();
    }

    /** All requests so far. */
    List<Recorded> requests() {
        return List.copyOf(requests);
    }

    /** How many requests there were to the path that ends so. */
    public int count(String path) {
        return requests(path).size();
    }

    /** The requests to the path that ends so. */
    List<Recorded> requests(String path) {
        return requests.stream()
                .filter(request -> request.path().endsWith(path))
                .toList();
    }

    /** The next calls to the path that ends so go wrong, one for each fault. */
    void fail(String path, Fault... next) {
        synchronized (faults) {
            faults.computeIfAbsent(path, name -> new ArrayDeque<>()).addAll(List.of(next));
        }
    }

    /** Asks for this header from now on. */
    void require(String header) {
        authorization = Optional.of(header);
    }

    /** What goes wrong with calls for which nothing else was said. */
    void weather(Supplier<Optional<Fault>> given) {
        weather = given;
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Recorded request = recorded(exchange);
            requests.add(request);
            Optional<Fault> fault = fault(request.path()).or(weather);
            if (fault.isPresent()) {
                serve(exchange, request, fault.get());
            } else {
                work(exchange, request);
            }
        }
    }

    private void serve(HttpExchange exchange, Recorded request, Fault fault) throws IOException {
        if (fault instanceof Fault.Answer answer) {
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            send(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        } else if (fault instanceof Fault.Cut cut) {
            if (cut.isWorkDone()) {
                done(request);
            }
        } else if (fault instanceof Fault.Endless endless) {
            done(request);
            sendEndlessly(exchange, endless.isStalled());
        } else if (fault instanceof Fault.Meanwhile meanwhile) {
            meanwhile.event().run();
            work(exchange, request);
        }
    }

    private void work(HttpExchange exchange, Recorded request) throws IOException {
        if (authorization.isPresent() && !authorization.get().equals(request.authorization())) {
            send(
                    exchange,
                    401,
                    "You are not authenticated. You sent me %s."
                            .formatted(request.authorization())
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            boolean isUpload = request.method().equals("PUT") && request.path().startsWith(CatalogFilesState.PATH);
            send(exchange, isUpload ? 204 : 200, done(request));
        } catch (Refused refused) {
            JsonNode error = AnswerJson.object().put("error_code", refused.code).put("message", refused.getMessage());
            send(exchange, refused.status, AnswerJson.bytes(error));
        }
    }

    private byte[] done(Recorded request) {
        String path = request.path();
        if (path.startsWith("mlflow-artifacts/artifacts")) {
            return artifacts.answer(request);
        }
        if (path.startsWith(CatalogFilesState.PATH)) {
            return catalog.files.answer(request);
        }
        Calls.Arguments arguments = Calls.arguments(request);
        if (path.startsWith(UnityCatalogState.PATH)) {
            String call = request.method() + " " + path.substring(UnityCatalogState.PATH.length());
            return AnswerJson.bytes(catalog.answer(call, arguments));
        }
        boolean isRegistry = path.startsWith("mlflow/registered-models") || path.startsWith("mlflow/model-versions");
        String call = request.method() + " " + path.replaceFirst("^mlflow/", "");
        return AnswerJson.bytes(isRegistry ? registry.answer(call, arguments) : tracking.answer(call, arguments));
    }

    private void sendEndlessly(HttpExchange exchange, boolean isStalled) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write('{');
        body.flush();
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        while (!isStalled && closed.getCount() > 0) {
            body.write(blanks);
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Fault> fault(String path) {
        synchronized (faults) {
            return faults.entrySet().stream()
                    .filter(entry ->
                            path.endsWith(entry.getKey()) && !entry.getValue().isEmpty())
                    .findFirst()
                    .map(entry -> entry.getValue().remove());
        }
    }

    private static Recorded recorded(HttpExchange exchange) throws IOException {
        return new Recorded(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath().replaceFirst("^.*" + BASE, ""),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
