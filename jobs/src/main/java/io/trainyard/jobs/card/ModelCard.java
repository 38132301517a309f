package io.trainyard.jobs.card;

import io.trainyard.jobs.card.Document.Paragraph;
import io.trainyard.jobs.card.Document.Points;
import io.trainyard.jobs.card.Document.Section;
import io.trainyard.jobs.card.Document.Table;
import io.trainyard.registry.Event;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.Gates;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Flavor;
import io.trainyard.registry.encoding.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What whoever uses or reviews a version should know of it. Equal versions have equal cards: nothing in them is of today. */
public final class ModelCard {
    private static final int COLUMNS = 20;
    private static final int CLASSES = 20;

    private final String model;
    private final Optional<ModelVersion> version;
    private final Bundle bundle;
    private final Optional<TrainedRows> rows;
    private final Optional<Event.Judged> judged;

    private ModelCard(
            String model,
            Optional<ModelVersion> version,
            Bundle bundle,
            Optional<TrainedRows> rows,
            Optional<Event.Judged> judged) {
        this.model = model;
        this.version = version;
        this.bundle = bundle;
        this.rows = rows;
        this.judged = judged;
    }

    /** A card in both of its forms. */
    public record Written(String markdown, String html) {
        /** The names of the two files, where a card is kept in files. */
        public static final String MARKDOWN_FILE = "card.md";

        public static final String HTML_FILE = "card.html";

        /** @return the two files, which are written into a folder */
        public List<Path> write(Path folder) throws IOException {
            return List.of(
                    Files.writeString(folder.resolve(MARKDOWN_FILE), markdown),
                    Files.writeString(folder.resolve(HTML_FILE), html));
        }
    }

    /**
     * Of a registered version.
     *
     * @param rows on which the model was made, where its bundle says it
     * @param judged what gates have said of it last
     */
    public static Written of(
            ModelVersion version, Bundle bundle, Optional<TrainedRows> rows, Optional<Event.Judged> judged) {
        return written(new ModelCard(version.model(), Optional.of(version), bundle, rows, judged));
    }

    /** Of a bundle that is to be registered, to become a part of it: knows neither number nor digest. */
    public static Written of(String model, Bundle bundle, TrainedRows rows) {
        return written(new ModelCard(model, Optional.empty(), bundle, Optional.of(rows), Optional.empty()));
    }

    private static Written written(ModelCard card) {
        Document document = card.document();
        return new Written(MarkdownWriter.write(document), HtmlWriter.write(document));
    }

    private Document document() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("What it predicts", List.of(new Paragraph(purpose()), new Paragraph(origin()))));
        sections.add(data());
        sections.add(new Section("Test", List.of(scores())));
        judged.ifPresent(said -> sections.add(gates(said)));
        if (!bundle.metadata().importance().isEmpty()) {
            sections.add(importance());
        }
        sections.add(
                new Section("Parameters", List.of(pairs("Parameter", lineage().params()))));
        sections.add(new Section("Calibration", List.of(new Paragraph(calibration()))));
        sections.add(new Section("Limits", List.of(new Points(new CardLimits(bundle, rows, sliced()).points()))));
        sections.add(new Section("How to load it", new CardLoading(model, version, bundle).blocks()));
        return new Document(
                model + version.map(known -> " version " + known.number()).orElse(""), sections);
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

    private Lineage lineage() {
        return bundle.metadata().lineage();
    }

    private String origin() {
        Lineage lineage = lineage();
        return "Learnt by %s in study %s (trial %d, seed %d), as of %s, by code of commit %s.%s"
                .formatted(
                        lineage.learner(),
                        lineage.study(),
                        lineage.trial(),
                        lineage.seed(),
                        lineage.asOf(),
                        lineage.commit(),
                        version.map(known -> " Digest of the bundle: %s.".formatted(known.digest()))
                                .orElse(""));
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
                lineage().inputs().stream()
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
                bundle.metadata().scores().stream()
                        .map(score -> List.of(score.metric(), number(score.value()), interval(score)))
                        .toList());
    }

    private boolean sliced() {
        return judged.stream()
                .flatMap(said -> said.decision().verdicts().stream())
                .anyMatch(verdict -> verdict.gate().startsWith(Gates.SLICES));
    }

    /** What gates measured of slices is told by slice. */
    private static Section gates(Event.Judged judged) {
        List<Document.Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph("What the conditions of the alias '%s' said of it.".formatted(judged.alias())));
        blocks.add(new Points(judged.decision().reasons()));
        judged.decision().verdicts().stream()
                .filter(verdict -> verdict.gate().startsWith(Gates.SLICES))
                .forEach(verdict -> blocks.add(new Table(
                        List.of(verdict.gate(), "Value"),
                        verdict.evidence().entrySet().stream()
                                .map(slice -> List.of(slice.getKey(), number(slice.getValue())))
                                .toList())));
        return new Section("Gates", blocks);
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
        Map<String, String> params = lineage().params();
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
