package io.trainyard.jobs.report;

import io.trainyard.features.profile.Verdict;
import io.trainyard.registry.Score;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Numbers, times and verdicts as the monitor's page writes them.
 *
 * @param metric name of the score that says how good the model is
 */
record PageText(String metric) {
    Optional<Score> named(List<Score> scores) {
        return scores.stream().filter(score -> score.metric().equals(metric)).findFirst();
    }

    String score(List<Score> scores) {
        return named(scores).map(score -> figure(score.value())).orElse("–");
    }

    String interval(List<Score> scores) {
        return named(scores)
                .map(score -> score.hasInterval()
                        ? "%s (%s to %s)".formatted(figure(score.value()), figure(score.low()), figure(score.high()))
                        : figure(score.value()))
                .orElse("–");
    }

    static String share(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String figure(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "–";
    }

    static String badge(Verdict verdict) {
        return "<span class=\"badge %s\">%s%s</span>"
                .formatted(word(verdict), mark(verdict), verdict == Verdict.WATCH ? "worth a look" : word(verdict));
    }

    static String mark(Verdict verdict) {
        return switch (verdict) {
            case STABLE -> "";
            case WATCH -> "◐ ";
            case DRIFTED -> "● ";
        };
    }

    static String text(Instant moment) {
        return moment.toString().replace("T00:00:00Z", "");
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
