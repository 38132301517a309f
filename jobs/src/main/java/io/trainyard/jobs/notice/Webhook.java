package io.trainyard.jobs.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts alerts as JSON. */
public final class Webhook {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE = Pattern.compile("%\\{([a-z]+)}");

    private final Post post;
    private final Optional<String> template;

    /** @param template JSON with places such as <code>%{summary}</code>, in place of Trainyard's own document */
    public Webhook(String address, Optional<String> template) {
        this(address, template, Duration.ofSeconds(1));
    }

    Webhook(String address, Optional<String> template, Duration wait) {
        this.post = new Post("an alert", address, wait);
        this.template = template;
    }

    /**
     * Sends an alert under its key, by which a receiver knows one that it has got already.
     *
     * @throws NoticeException if it did not arrive
     */
    public void send(Alert alert) throws InterruptedException {
        post.send("POST", "application/json", body(alert), Optional.of(alert.key()));
    }

    private String body(Alert alert) {
        Map<String, String> texts = Map.of(
                "summary", alert.summary(),
                "state", alert.state(),
                "pipeline", alert.pipeline(),
                "model", alert.model(),
                "version", String.valueOf(alert.version()),
                "subject", alert.subject(),
                "since", alert.incident().opened().toString(),
                "reasons", alert.reasons());
        return template.map(text -> filled(text, texts)).orElseGet(() -> document(alert, texts));
    }

    private static String filled(String template, Map<String, String> texts) {
        String body = PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(Optional.ofNullable(texts.get(place.group(1)))
                        .map(text -> new String(JsonStringEncoder.getInstance().quoteAsString(text)))
                        .orElseThrow(() -> new NoticeException(
                                "Cannot fill in the template of an alert: it has %s, and there are %s"
                                        .formatted(
                                                place.group(),
                                                texts.keySet().stream().sorted().toList())))));
        try {
            JSON.readTree(body);
            return body;
        } catch (JsonProcessingException e) {
            throw new NoticeException(
                    "Cannot fill in the template of an alert: what comes of it is no JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    private static String document(Alert alert, Map<String, String> texts) {
        ObjectNode document = JSON.createObjectNode().put("key", alert.key());
        texts.forEach(document::put);
        document.put("version", alert.version());
        alert.incident().reasons().forEach(document.putArray("reasons")::add);
        alert.incident().closed().ifPresent(closed -> document.put("until", closed.toString()));
        return document.toString();
    }
}
