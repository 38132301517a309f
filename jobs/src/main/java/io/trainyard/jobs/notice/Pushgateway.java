package io.trainyard.jobs.notice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Prometheus' Pushgateway, which keeps a batch job's numbers until they are scraped. */
public final class Pushgateway {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final String address;

    /** @param address such as {@code http://pushgateway:9091} */
    public Pushgateway(String address) {
        this.address = address.replaceFirst("/+$", "");
    }

    /**
     * Replaces the numbers of a pipeline: a push replaces whole groups, so that each pipeline has one of its own.
     *
     * @throws NoticeException if they did not arrive
     */
    public void push(String pipeline, String metrics) throws InterruptedException {
        put(pipeline, "", metrics);
    }

    /**
     * Replaces the numbers of one command of a pipeline.
     *
     * @param part of them, which stays when another is replaced
     * @throws NoticeException if they did not arrive
     */
    public void push(String pipeline, String command, String part, String metrics) throws InterruptedException {
        put(pipeline, "/command/%s/part/%s".formatted(command, part), metrics);
    }

    private void put(String pipeline, String group, String metrics) throws InterruptedException {
        String name = Base64.getUrlEncoder().encodeToString(pipeline.getBytes(StandardCharsets.UTF_8));
        String path = "/metrics/job/%s/pipeline@base64/%s"
                        .formatted(URLEncoder.encode("trainyard", StandardCharsets.UTF_8), name)
                + group;
        new Post("metrics", address + path, Duration.ofSeconds(1)).send("PUT", TEXT, metrics, Optional.empty());
    }
}
