package io.trainyard.jobs.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.Event;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.Calibration;
import io.trainyard.registry.bundle.Flavor;
import io.trainyard.registry.bundle.Manifest;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Cards of made-up versions: what they say, and that nobody's names become part of their form. */
class ModelCardTest {
    private static final Instant AS_OF = Instant.parse("2026-05-01T00:00:00Z");

    private static final Event.Judged JUDGED = new Event.Judged(
            9,
            AS_OF,
            "alice",
            "champion",
            3,
            new GateDecision(List.of(new GateDecision.Verdict(
                    "slices country roc_auc",
                    true,
                    "none of 2 slices by 'country' surely misses roc_auc of at least 0.7",
                    new TreeMap<>(Map.of("de", 0.91, "fr|<b>", 0.88))))));

    @Test
    void saysEverythingThatTheBundleKnows() throws IOException {
        ModelCard.Written card =
                card("returned", List.of("no", "yes"), List.of("amount", "country"), "warehouse/orders");

        assertThat(card.markdown()).isEqualTo(snapshot());
        assertThat(card.html())
                .contains("<h1>orders version 3</h1>", "<td>roc_auc</td><td>0.9000</td><td>0.8500 to 0.9500</td>");
    }

    @Test
    void hostileNamesStayText() {
        String script = "<script>alert(1)</script>";
        String image = "\"><img src=x onerror=alert('1')>";
        String link = "[x](javascript:alert(1)) | `cell`\n# heading\u202e";

        ModelCard.Written card = card(script, List.of(image, link), List.of("a|b", link), "s3://" + image);

        String text = card.html().replaceAll("<(/?[a-z0-9]+|!DOCTYPE html|html lang=\"en\"|meta [^<>]*)>", "");
        assertThat(text).doesNotContain("<", ">\"").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(card.html()).doesNotContain("<script", "<img", "\u202e");
        assertThat(card.markdown())
                .doesNotContain("<script", "<img", "\n# heading", "\u202e", "[x](")
                .contains("&lt;script&gt;", "a\\|b", "\\[x\\](javascript:alert(1)) \\| \\`cell\\` \\# heading");
        assertThat(card.markdown().lines().filter(line -> line.startsWith("#")))
                .containsExactlyElementsOf(card("l", List.of("a", "b"), List.of("f", "g"), "u")
                        .markdown()
                        .lines()
                        .filter(line -> line.startsWith("#"))
                        .toList());
    }

    @Test
    void saysThatTheBoosterAloneIsNotCalibrated() {
        Calibration calibration = Calibration.isotonic(List.of(-1.0, 2.0), List.of(0.1, 0.8));

        String card = card(
                        "returned",
                        List.of("no", "yes"),
                        List.of("amount", "country"),
                        "warehouse/orders",
                        Optional.of(calibration))
                .markdown();

        assertThat(card)
                .contains(
                        "margins are read off 2 points in calibration.json",
                        "numpy.interp(margins, points[\"margins\"], points[\"probabilities\"])");
    }

    private static ModelCard.Written card(String label, List<String> classes, List<String> features, String uri) {
        return card(label, classes, features, uri, Optional.empty());
    }

    private static ModelCard.Written card(
            String label, List<String> classes, List<String> features, String uri, Optional<Calibration> calibration) {
        Lineage lineage = new Lineage(
                List.of(new Lineage.Input(uri, "4", "0f".repeat(32))),
                "orders-0123456789ab",
                7,
                1,
                "xgboost",
                Map.of("max_depth", "5", "rounds", "80", "calibration.slope", "0.9", "calibration.intercept", "-0.1"),
                "unknown",
                Map.of("xgboost", "3.1.1"),
                AS_OF);
        List<Score> scores = List.of(new Score("roc_auc", 0.9, 0.85, 0.95), Score.of("brier", 0.1));
        BundleMetadata metadata = new BundleMetadata(
                lineage,
                scores,
                List.of(
                        new FeatureImportance(features.get(0), 0.75, 1.5, 0.2),
                        new FeatureImportance(features.get(1), 0.25, 0, 0)));
        Encoding encoding = new Encoding(
                List.of(
                        new Feature.NumberFeature(features.get(0)),
                        new Feature.CategoryFeature(features.get(1), List.of())),
                new Target.ClassTarget(label, classes));
        Bundle bundle =
                new Bundle(Path.of("bundle"), new Manifest(List.of()), encoding, metadata, Flavor.XGBOOST, calibration);
        ModelVersion version = new ModelVersion(
                "orders", 3, "ab".repeat(32), "models/orders", AS_OF, "fingerprint", scores, lineage, Map.of());
        TrainedRows rows = new TrainedRows(
                1000,
                800,
                200,
                "by a hash of the key",
                new TreeMap<>(Map.of(classes.get(0), 700L, classes.get(1), 300L)),
                new TreeMap<>(Map.of("no label", 12L)));
        return ModelCard.of(version, bundle, Optional.of(rows), Optional.of(JUDGED));
    }

    private static String snapshot() throws IOException {
        try (InputStream card = ModelCardTest.class.getResourceAsStream("card.md")) {
            return new String(card.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
