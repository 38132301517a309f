package io.trainyard.jobs.report;

import io.trainyard.jobs.report.Document.Paragraph;
import io.trainyard.jobs.report.Document.Points;
import io.trainyard.jobs.report.Document.Section;
import io.trainyard.jobs.report.Document.Table;
import io.trainyard.jobs.run.TrainedRows;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Flavor;
import io.trainyard.registry.encoding.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What whoever uses or reviews a version should know of it. Equal versions have equal cards: nothing in them is of today. */
public final class ModelCard {
    private static final int COLUMNS = 20;
    private static final int CLASSES = 20;

    private final ModelVersion version;
    private final Bundle bundle;
    private final Optional<TrainedRows> rows;

    private ModelCard(ModelVersion version, Bundle bundle, Optional<TrainedRows> rows) {
        this.version = version;
        this.bundle = bundle;
        this.rows = rows;
    }

    /** A card in both of its forms. */
    public record Written(String markdown, String html) {}

    /** @param rows on which the model was made, where its bundle says it */
    public static Written of(ModelVersion version, Bundle bundle, Optional<TrainedRows> rows) {
        Document document = new ModelCard(version, bundle, rows).document();
        return new Written(MarkdownWriter.write(document), HtmlWriter.write(document));
    }

    private Document document() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("What it predicts", List.of(new Paragraph(purpose()), new Paragraph(origin()))));
        sections.add(data());
        sections.add(new Section("Test", List.of(scores())));
        if (!bundle.metadata().importance().isEmpty()) {
            sections.add(importance());
        }
        sections.add(new Section(
                "Parameters", List.of(pairs("Parameter", version.lineage().params()))));
        sections.add(new Section("Calibration", List.of(new Paragraph(calibration()))));
        sections.add(new Section("Limits", List.of(new Points(new CardLimits(bundle, rows).points()))));
        sections.add(new Section("How to load it", CardLoading.blocks(version, bundle)));
        return new Document("%s version %d".formatted(version.model(), version.number()), sections);
    }

    private String purpose() {
        Target target = bundle.encoding().target();
        List<String> classes = target.classes();
        if (classes.isEmpty()) {
            return "'%s', a number, from %d features."
                    .formatted(target.label(), bundle.encoding().features().size());
        }
        String of = classes.size() == 2
                ? "'%s' (positive) or '%s'".formatted(classes.get(1), classes.get(0))
                : "one of %d classes: %s%s"
                        .formatted(
                                classes.size(),
                                String.join(", ", classes.subList(0, Math.min(CLASSES, classes.size()))),
                                classes.size() > CLASSES ? ", …" : "");
        return "Whether '%s' is %s, with probabilities, from %d features."
                .formatted(target.label(), of, bundle.encoding().features().size());
    }

    private String origin() {
        Lineage lineage = version.lineage();
        return "Learnt by %s in study %s (trial %d, seed %d), as of %s, by code of commit %s. Digest of the bundle: %s."
                .formatted(
                        lineage.learner(),
                        lineage.study(),
                        lineage.trial(),
                        lineage.seed(),
                        lineage.asOf(),
                        lineage.commit(),
                        version.digest());
    }

    private Section data() {
        List<Document.Block> blocks = new ArrayList<>();
        rows.ifPresent(known -> blocks.add(new Paragraph(String.format(
                Locale.ROOT,
                "%,d rows, of which %,d fitted the model and %,d tested it, split %s.",
                known.rows(),
                known.fitted(),
                known.tested(),
                known.split()))));
        rows.filter(known -> !known.labels().isEmpty()).ifPresent(known -> blocks.add(counts("Label", known.labels())));
        rows.filter(known -> !known.dropped().isEmpty())
                .ifPresent(known -> blocks.add(counts("Rows left out", known.dropped())));
        blocks.add(new Table(
                List.of("Input", "Version", "Fingerprint"),
                version.lineage().inputs().stream()
                        .map(input -> List.of(input.uri(), input.version(), input.fingerprint()))
                        .toList()));
        return new Section("Data", blocks);
    }

    private static Table counts(String title, Map<String, Long> counts) {
        return new Table(
                List.of(title, "Rows"),
                counts.entrySet().stream()
                        .limit(CLASSES)
                        .map(count -> List.of(count.getKey(), String.format(Locale.ROOT, "%,d", count.getValue())))
                        .toList());
    }

    private Table scores() {
        return new Table(
                List.of("Metric", "Value", "95 % interval"),
                version.scores().stream()
                        .map(score -> List.of(score.metric(), number(score.value()), interval(score)))
                        .toList());
    }

    private static String interval(Score score) {
        return score.hasInterval() ? "%s to %s".formatted(number(score.low()), number(score.high())) : "";
    }

    private Section importance() {
        List<FeatureImportance> importance = bundle.metadata().importance();
        return new Section(
                "Importance",
                List.of(
                        new Paragraph(
                                "Of the first %d of %d columns, on test rows: mean absolute SHAP value, share of the gain, and by how much the metric becomes worse when the column's values are dealt to other rows.%s"
                                        .formatted(
                                                Math.min(COLUMNS, importance.size()),
                                                importance.size(),
                                                bundle.flavor() == Flavor.SPARK
                                                        ? " The columns of a feature are taken together."
                                                        : "")),
                        new Table(
                                List.of("Column", "Contribution", "Gain", "Permutation"),
                                importance.stream()
                                        .limit(COLUMNS)
                                        .map(column -> List.of(
                                                column.feature(),
                                                known("%.4f", column.contribution()),
                                                known("%.1f %%", 100 * column.gain()),
                                                known("%.4f", column.permutation())))
                                        .toList())));
    }

    private static String known(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }

    private static Table pairs(String title, Map<String, String> values) {
        return new Table(
                List.of(title, "Value"),
                values.entrySet().stream()
                        .map(value -> List.of(value.getKey(), value.getValue()))
                        .toList());
    }

    private String calibration() {
        if (bundle.encoding().target().classes().size() != 2) {
            return "Nothing was calibrated: that is for probabilities of two classes.";
        }
        if (bundle.calibration().isPresent()) {
            return "Probabilities were brought to the shares that the validation rows have (isotonic regression): margins are read off %d points in calibration.json. The booster's own probabilities, in model.ubj, are not calibrated."
                    .formatted(bundle.calibration().get().margins().size());
        }
        Map<String, String> params = version.lineage().params();
        return Optional.ofNullable(params.get("calibration.slope"))
                .map(slope ->
                        "Probabilities were scaled to the shares that the validation rows have (Platt): margins times %s, with %s added."
                                .formatted(slope, params.getOrDefault("calibration.intercept", "0")))
                .orElse("Probabilities are as the learner gives them; search.calibrate was off, or did not help.");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
