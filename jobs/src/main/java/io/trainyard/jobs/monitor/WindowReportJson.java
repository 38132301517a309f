package io.trainyard.jobs.monitor;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.registry.Score;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A window's report as it is stored: JSON of format 1, with the records' own names. */
public final class WindowReportJson {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new SimpleModule()
                    .addSerializer(OptionalDouble.class, new NumberOrNull())
                    .addDeserializer(OptionalDouble.class, new MaybeNumber()));

    private WindowReportJson() {}

    private static final class NumberOrNull extends StdSerializer<OptionalDouble> {
        private static final long serialVersionUID = 1;

        NumberOrNull() {
            super(OptionalDouble.class);
        }

        @Override
        public void serialize(OptionalDouble value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            if (value.isPresent()) {
                json.writeNumber(value.getAsDouble());
            } else {
                json.writeNull();
            }
        }
    }

    private static final class MaybeNumber extends StdDeserializer<OptionalDouble> {
        private static final long serialVersionUID = 1;

        MaybeNumber() {
            super(OptionalDouble.class);
        }

        @Override
        public OptionalDouble deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return OptionalDouble.of(json.getValueAsDouble());
        }

        @Override
        public OptionalDouble getNullValue(DeserializationContext context) {
            return OptionalDouble.empty();
        }
    }

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
