package io.trainyard.jobs.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.registry.Score;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A window's report as it is stored: JSON of format 1, with the records' own names. */
public final class WindowReportJson {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private WindowReportJson() {}

    /** Times as ISO texts, and nothing optional: an absent report has no columns, and an absent time is empty. */
    private record Stored(
            int format,
            Watched watched,
            String from,
            String to,
            String asOf,
            String newest,
            DriftReport features,
            DriftReport predictions,
            List<DriftReport> labels,
            Quality quality,
            List<SliceQuality> slices,
            List<Score> tested) {}

    public static String write(WindowReport report) {
        Stored stored = new Stored(
                FORMAT,
                report.watched(),
                report.window().from().toString(),
                report.window().to().toString(),
                report.asOf().toString(),
                report.newest().map(Instant::toString).orElse(""),
                report.features(),
                report.predictions(),
                report.labels().map(List::of).orElse(List.of()),
                report.quality(),
                report.slices(),
                report.tested());
        return JSON.<ObjectNode>valueToTree(stored).toString();
    }

    /**
     * Reads back what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is no such report, or one of a newer format
     */
    public static WindowReport read(String json) {
        try {
            Stored stored = JSON.readValue(json, Stored.class);
            if (stored.format() != FORMAT) {
                throw new IllegalArgumentException(
                        "A window's report must be of format %d, but is of format %d: it is of another version of Trainyard"
                                .formatted(FORMAT, stored.format()));
            }
            return new WindowReport(
                    stored.watched(),
                    new TimeWindow(Instant.parse(stored.from()), Instant.parse(stored.to())),
                    Instant.parse(stored.asOf()),
                    Optional.of(stored.newest()).filter(text -> !text.isEmpty()).map(Instant::parse),
                    stored.features(),
                    stored.predictions(),
                    stored.labels().stream().findFirst(),
                    stored.quality(),
                    stored.slices(),
                    stored.tested());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A window's report cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
