package io.trainyard.jobs.command;

import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.run.ScoreJob;
import io.trainyard.jobs.run.TrainJob;
import io.trainyard.jobs.run.TrialText;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.Score;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as text for people. */
final class ResultText {
    private static final int BEST = 5;
    private static final int FEATURES = 15;

    private ResultText() {}

    static String of(TrainJob.Result result) {
        return """

                Best trials of %s
                %s
                Test
                %s
                Registered
                  %s version %d%s
                Made
                  %s, version %d""".formatted(
                result.search().study(),
                best(result.search().history().complete(), result.search().direction(), BEST),
                scores(result.version().scores()),
                result.version().model(),
                result.version().number(),
                result.promotion().alias().map(alias -> ", " + alias).orElse(", not promoted"),
                result.data().set().table().path(),
                result.data().set().table().version());
    }

    static String of(ScoreJob.Result result) {
        return "  %s, %,d predictions of version %d%s"
                .formatted(
                        result.commit().table().path(),
                        result.commit().table().rows(),
                        result.version().number(),
                        result.shadow()
                                .map(shadow -> ", with version %d in its shadow".formatted(shadow.number()))
                                .orElse(""));
    }

    /** A table of trials, the best first. */
    static String best(List<Trial> complete, Direction direction, int most) {
        return complete.stream()
                .sorted(Comparator.comparingDouble(
                        trial -> direction.loss(trial.value().getAsDouble())))
                .limit(most)
                .map(trial ->
                        "  %4d  %-22s %s".formatted(trial.number(), TrialText.outcome(trial), TrialText.params(trial)))
                .collect(Collectors.joining("\n"));
    }

    static String scores(List<Score> scores) {
        return scores.stream()
                .map(score -> String.format(
                        Locale.ROOT,
                        "  %-18s %.4f%s",
                        score.metric(),
                        score.value(),
                        score.hasInterval()
                                ? String.format(
                                        Locale.ROOT, "  (95 %% interval %.4f to %.4f)", score.low(), score.high())
                                : ""))
                .collect(Collectors.joining("\n"));
    }

    static String of(Catalog.StudyView study) {
        var history = study.history();
        String best = history.best(study.file().direction())
                .map(trial -> "%.5g in trial %d".formatted(trial.value().getAsDouble(), trial.number()))
                .orElse("none");
        return "%s: %d trials finished, %d pending, best %s %s"
                .formatted(
                        study.file().name(),
                        history.finished().size(),
                        history.pending().size(),
                        study.file().metric(),
                        best);
    }

    static String of(RegisteredModel model) {
        return model.versions().stream()
                .map(version -> line(version, held(model, version.number())))
                .collect(Collectors.joining("\n"));
    }

    private static String held(RegisteredModel model, int version) {
        if (model.discarded().containsKey(version)) {
            return "discarded";
        }
        return model.aliases().entrySet().stream()
                .filter(alias -> alias.getValue() == version)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String line(ModelVersion version, String held) {
        String scores = version.scores().stream()
                .limit(3)
                .map(score -> String.format(Locale.ROOT, "%s %.4f", score.metric(), score.value()))
                .collect(Collectors.joining(", "));
        return "%s version %d  %-12s %s  %s  %s"
                .formatted(
                        version.model(),
                        version.number(),
                        held,
                        version.registered().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                        version.lineage().learner(),
                        scores);
    }

    /** Everything about a version. */
    static String details(ModelVersion version) {
        return """
                %s version %d
                  registered  %s
                  digest      %s
                  learner     %s %s
                  study       %s, trial %d, seed %d
                  as of       %s
                  commit      %s
                Test
                %s
                Inputs
                %s""".formatted(
                        version.model(),
                        version.number(),
                        version.registered(),
                        version.digest(),
                        version.lineage().learner(),
                        version.lineage().params(),
                        version.lineage().study(),
                        version.lineage().trial(),
                        version.lineage().seed(),
                        version.lineage().asOf(),
                        version.lineage().commit(),
                        scores(version.scores()),
                        version.lineage().inputs().stream()
                                .map(input -> "  %s%s  %s"
                                        .formatted(
                                                input.uri(),
                                                input.version().isEmpty() ? "" : " version " + input.version(),
                                                input.fingerprint()
                                                        .substring(
                                                                0,
                                                                Math.min(
                                                                        12,
                                                                        input.fingerprint()
                                                                                .length()))))
                                .collect(Collectors.joining("\n")));
    }

    /** The features that move predictions most; empty where nothing is known of them. */
    static String importance(List<FeatureImportance> importance) {
        if (importance.isEmpty()) {
            return "";
        }
        return importance.stream()
                .limit(FEATURES)
                .map(feature -> String.format(
                        Locale.ROOT,
                        "  %-24s %6s  %7s  %7s",
                        feature.feature(),
                        known("%.4f", feature.contribution()),
                        known("%.1f %%", 100 * feature.gain()),
                        known("%.5f", feature.permutation())))
                .collect(Collectors.joining(
                        "\n",
                        "\nImportance of %s: mean absolute SHAP value, share of the gain, loss of the metric when permuted\n"
                                .formatted(
                                        importance.size() > FEATURES
                                                ? "the first %d of %d columns".formatted(FEATURES, importance.size())
                                                : "each column"),
                        ""));
    }

    private static String known(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
