package io.trainyard.features.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.profile.NumberProfile.Scale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A profile as it is stored: {@code {"format": 1, "rows": …, "columns": [{"column": …, "kind": "number" | "date" | "timestamp" | "text" |
 * "boolean", …}]}}. Sketches are in base64, as DataSketches writes them. It holds values of the table: frequent ones, and those that
 * quantiles keep.
 */
public final class ProfileJson {

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileJson() {}

    public static String write(Profile profile) {
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("rows", profile.rows());
        var columns = root.putArray("columns");
        profile.columns().forEach(column -> {
            ObjectNode node = columns.addObject().put("column", column.column()).put("kind", column.kind());
            write(column, node.put("nulls", column.nulls()));
        });
        return root.toString();
    }

    private static void write(ColumnProfile column, ObjectNode node) {
        if (column instanceof NumberProfile number) {
            Counts counts = number.counts();
            Moments moments = number.moments();
            node.put("not_numbers", counts.notNumbers())
                    .put("negative_infinities", counts.negativeInfinities())
                    .put("positive_infinities", counts.positiveInfinities())
                    .put("minimum", moments.minimum())
                    .put("maximum", moments.maximum())
                    .put("mean", moments.mean())
                    .put("squares", moments.squares())
                    .put("quantiles", number.quantiles().bytes())
                    .put("frequent", number.frequent().bytes())
                    .put("distinct", number.distinct().bytes());
        } else if (column instanceof TextProfile text) {
            node.put("frequent", text.frequent().bytes())
                    .put("distinct", text.distinct().bytes());
        } else if (column instanceof BooleanProfile truth) {
            node.put("trues", truth.trues());
        }
    }

    /**
     * Reads back what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is no profile, or one of a newer format
     */
    public static Profile read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root.path("format").asInt() != FORMAT) {
                throw new IllegalArgumentException(
                        "A profile must be of format %d, but is of format %s; it is of another version, or no profile"
                                .formatted(FORMAT, root.path("format").asText("none")));
            }
            long rows = number(root, "rows");
            List<ColumnProfile> columns = new ArrayList<>();
            root.path("columns").forEach(node -> columns.add(column(node, rows)));
            return new Profile(rows, columns);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "A profile must be JSON, but cannot be read as that: " + e.getOriginalMessage(), e);
        }
    }

    private static ColumnProfile column(JsonNode node, long rows) {
        String column = required(node, "column").asText();
        String kind = required(node, "kind").asText();
        return switch (kind) {
            case "number", "date", "timestamp" ->
                number(node, column, Scale.valueOf(kind.toUpperCase(Locale.ROOT)), rows);
            case "text" ->
                new TextProfile(
                        column,
                        rows,
                        number(node, "nulls"),
                        FrequentTexts.of(bytes(node, "frequent")),
                        DistinctCount.of(bytes(node, "distinct")));
            case "boolean" -> new BooleanProfile(column, rows, number(node, "nulls"), number(node, "trues"));
            default ->
                throw new IllegalArgumentException(
                        "A profile's column '%s' is of kind '%s', which is none of number, date, timestamp, text and boolean"
                                .formatted(column, kind));
        };
    }

    private static NumberProfile number(JsonNode node, String column, Scale scale, long rows) {
        Counts counts = new Counts(
                rows,
                number(node, "nulls"),
                number(node, "not_numbers"),
                number(node, "negative_infinities"),
                number(node, "positive_infinities"));
        Moments moments = new Moments(
                counts.finite(),
                required(node, "minimum").asDouble(),
                required(node, "maximum").asDouble(),
                required(node, "mean").asDouble(),
                required(node, "squares").asDouble());
        return new NumberProfile(
                column,
                scale,
                counts,
                moments,
                Quantiles.of(bytes(node, "quantiles")),
                FrequentNumbers.of(bytes(node, "frequent")),
                DistinctCount.of(bytes(node, "distinct")));
    }

    private static long number(JsonNode node, String field) {
        return required(node, field).asLong();
    }

    private static byte[] bytes(JsonNode node, String field) {
        try {
            return required(node, field).binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException("A profile's field '%s' must be base64".formatted(field), e);
        }
    }

    private static JsonNode required(JsonNode node, String field) {
        if (!node.has(field)) {
            throw new IllegalArgumentException(
                    "A profile lacks the field '%s'; it was cut off or changed".formatted(field));
        }
        return node.get(field);
    }
}
