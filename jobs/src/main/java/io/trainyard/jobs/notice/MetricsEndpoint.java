package io.trainyard.jobs.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Shows numbers at {@code /metrics} for Prometheus to scrape, until it is closed. */
public final class MetricsEndpoint implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int METHOD_NOT_ALLOWED = 405;

    private final HttpServer server;

    private MetricsEndpoint(HttpServer server) {
        this.server = server;
    }

    /**
     * @param metrics asked for each time that somebody looks
     * @throws NoticeException if the address cannot be listened on
     */
    public static MetricsEndpoint open(InetSocketAddress address, Supplier<String> metrics) {
        if (address.isUnresolved()) {
            throw new NoticeException(
                    "Cannot show metrics at %s: no machine has this name; it is monitor.prometheus.listen"
                            .formatted(address.getHostString()));
        }
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext("/metrics", exchange -> answer(exchange, metrics));
            server.start();
            return new MetricsEndpoint(server);
        } catch (IOException e) {
            throw new NoticeException(
                    "Cannot show metrics at %s: %s; it is monitor.prometheus.listen, and another program may have the port"
                            .formatted(address, e.getMessage()),
                    e);
        }
    }

    private static void answer(HttpExchange exchange, Supplier<String> metrics) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            byte[] body = metrics.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TEXT);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
