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
     * Replaces the numbers of a job.
     *
     * @param model which all of them are about; it is part of the group that is replaced, since a push replaces whole groups
     * @throws NoticeException if they did not arrive
     */
    public void push(String model, String metrics) throws InterruptedException {
        String group = Base64.getUrlEncoder().encodeToString(model.getBytes(StandardCharsets.UTF_8));
        String path = "/metrics/job/%s/model@base64/%s"
                .formatted(URLEncoder.encode("trainyard", StandardCharsets.UTF_8), group);
        new Post("metrics", address + path, Duration.ofSeconds(1)).send("PUT", TEXT, metrics, Optional.empty());
    }
}
