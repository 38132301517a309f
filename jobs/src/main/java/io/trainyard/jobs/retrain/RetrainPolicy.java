package io.trainyard.jobs.retrain;

import io.trainyard.jobs.monitor.MetricDrop;
import io.trainyard.jobs.retrain.DriftEvidence.MovedFeature;
import io.trainyard.jobs.retrain.RetrainDecision.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a model is trained again, or the one before it returns. A training needs a trigger, labelled rows that the model could not learn
 * from, and the end of the cooldown; otherwise the trigger is watched. A return needs a metric that surely dropped soon after the promotion,
 * and comes before everything else: it is the new version that is to blame, and bad predictions cannot wait.
 *
 * <p>Features that moved more than usual lead to a training whatever the labels say: those of one window do not vouch for the next, in which
 * the model works where it has not learned. Predictions and labels that moved do so where too few labels are known to tell whether the model
 * followed the world. And a metric that dropped, though not surely, leads to a training where anything drifted as well. More drift, a greater
 * drop or more new rows never lead to a weaker decision.
 *
 * @param on what may lead to a training; what is not named is ignored
 * @param drift from which distance on, in (0, 1], of features on weighted average beyond the usual, of predictions or of labels; half of it is
 *     watched
 * @param metricDrop by how much the metric must surely be worse than on the test rows, in its unit
 * @param newRows from how many new labelled rows on, by the rows learned from
 * @param age of the newest row learned from, from which on a model is trained again
 * @param cooldown time from a training to the next
 * @param labels without which the metric is not judged
 */
public record RetrainPolicy(
        Set<Trigger> on,
        double drift,
        double metricDrop,
        double newRows,
        Duration age,
        Duration cooldown,
        Labels labels,
        Rollback rollback) {
    /** What a pipeline file without further words gets. */
    public static final RetrainPolicy STANDARD = new RetrainPolicy(
            Set.of(Trigger.DRIFT, Trigger.METRIC_DROP),
            0.1,
            0.02,
            0.5,
            Duration.ofDays(90),
            Duration.ofDays(1),
            new Labels(0.5, 100),
            new Rollback(Duration.ofDays(7), 0.02));

    public RetrainPolicy {
        on = Set.copyOf(on);
        if (!(drift > 0 && drift <= 1) || !(metricDrop >= 0) || !(newRows > 0)) {
            throw new IllegalArgumentException(
                    "Drift must be above 0 and at most 1, a drop of the metric 0 or more and new rows above 0, but they are %s, %s and %s"
                            .formatted(drift, metricDrop, newRows));
        }
        if (age.isNegative() || age.isZero() || cooldown.isNegative()) {
            throw new IllegalArgumentException(
                    "Age must be above 0 and cooldown 0 or more, but they are %s and %s".formatted(age, cooldown));
        }
    }

    /**
     * How many labels a judgement needs: the first ones to be known are seldom like the rest.
     *
     * @param coverage lowest share of rows whose label is known
     * @param rows lowest number of them
     */
    public record Labels(double coverage, long rows) {
        public Labels {
            if (!(coverage >= 0 && coverage <= 1) || rows < 1) {
                throw new IllegalArgumentException(
                        "Coverage must be from 0 to 1 and labelled rows 1 or more, but they are %s and %d"
                                .formatted(coverage, rows));
            }
        }
    }

    /**
     * When the version before returns.
     *
     * @param within how long after a promotion; 0 for never
     * @param drop by how much the metric must surely be worse than on the test rows, in its unit
     */
    public record Rollback(Duration within, double drop) {
        public Rollback {
            if (within.isNegative() || !(drop >= 0)) {
                throw new IllegalArgumentException(
                        "A rollback needs a time and a drop of 0 or more, but they are %s and %s"
                                .formatted(within, drop));
            }
        }
    }

    /** What is to be done, and why. */
    public RetrainDecision decide(RetrainEvidence evidence) {
        Reasons reasons = new Reasons();
        Optional<String> rollback = rollback(evidence);
        if (rollback.isPresent()) {
            return new RetrainDecision(Action.ROLLBACK, List.of(rollback.get()));
        }
        on.stream().sorted().forEach(trigger -> {
            switch (trigger) {
                case DRIFT -> drift(evidence, reasons);
                case METRIC_DROP -> metric(evidence.metric(), reasons);
                case NEW_ROWS -> newRows(evidence.champion(), reasons);
                case AGE -> age(evidence.champion(), reasons);
            }
        });
        return reasons.hindered(hindrances(evidence.champion())).decision();
    }

    private Optional<String> rollback(RetrainEvidence evidence) {
        ChampionEvidence champion = evidence.champion();
        if (!champion.previous() || champion.sincePromotion().compareTo(rollback.within()) >= 0) {
            return Optional.empty();
        }
        return judged(evidence.metric())
                .filter(drop -> drop.sure() > rollback.drop())
                .map(drop -> text(
                        "%s: surely worse by more than %s, within %s of its promotion",
                        drop.text(), rollback.drop(), days(rollback.within())));
    }

    private void drift(RetrainEvidence evidence, Reasons reasons) {
        DriftEvidence moved = evidence.drift();
        Optional<MetricDrop> holds = on.contains(Trigger.METRIC_DROP)
                ? judged(evidence.metric()).filter(drop -> drop.value() <= metricDrop)
                : Optional.empty();
        String features = "drift of the features, weighted by importance%s is %.3f, %.3f more than usual";
        drift(text(features, foremost(moved), moved.weighted(), moved.unusual()), moved.unusual(), true, reasons);
        drift(text("drift of the predictions is %.3f", moved.predictions()), moved.predictions(), holds, reasons);
        drift(text("drift of the labels is %.3f", moved.labels()), moved.labels(), holds, reasons);
    }

    /** @param holds the metric, where labels enough say that it has not dropped */
    private void drift(String what, double distance, Optional<MetricDrop> holds, Reasons reasons) {
        String followed = holds.map(drop -> ", which the model followed, since " + drop.text())
                .orElse("");
        drift(what + followed, distance, holds.isEmpty(), reasons);
    }

    private void drift(String what, double distance, boolean training, Reasons reasons) {
        if (distance >= drift / 2) {
            reasons.add(
                    training && distance >= drift,
                    text("%s (trained from %s on, watched from half of it)", what, drift));
        }
    }

    /** The three that moved most, by what the model makes of them. */
    private static String foremost(DriftEvidence evidence) {
        return evidence.features().stream()
                .limit(3)
                .map(MovedFeature::name)
                .collect(Collectors.joining(", ", " (foremost ", ")"));
    }

    private void metric(MetricEvidence evidence, Reasons reasons) {
        judged(evidence).filter(drop -> drop.value() > metricDrop).ifPresent(drop -> {
            boolean sure = drop.sure() > metricDrop;
            reasons.add(
                    sure,
                    text("%s: %s worse by more than %s", drop.text(), sure ? "surely" : "not surely", metricDrop));
        });
        evidence.estimatedLoss().stream()
                .filter(loss -> loss > metricDrop)
                .forEach(loss -> reasons.add(
                        false,
                        text(
                                "the predicted probabilities lead to expect a metric worse by %.4f (watched above %s; no label says so)",
                                loss, metricDrop)));
    }

    /** The drop, where there are labels enough to speak of one. */
    private Optional<MetricDrop> judged(MetricEvidence evidence) {
        return evidence.drop()
                .filter(drop -> evidence.coverage() >= labels.coverage() && evidence.labelled() >= labels.rows());
    }

    private void newRows(ChampionEvidence evidence, Reasons reasons) {
        if (evidence.newShare() >= newRows) {
            reasons.add(
                    true,
                    text(
                            "%,d new labelled rows are %.2f times the %,d it learned from (trained from %s on)",
                            evidence.newRows(), evidence.newShare(), evidence.trainedRows(), newRows));
        }
    }

    private void age(ChampionEvidence evidence, Reasons reasons) {
        if (evidence.age().compareTo(age) >= 0) {
            reasons.add(true, text("its newest row is %s old (trained from %s on)", days(evidence.age()), days(age)));
        }
    }

    private List<String> hindrances(ChampionEvidence champion) {
        List<String> hindrances = new ArrayList<>();
        if (champion.newRows() == 0) {
            hindrances.add("not trained: there is no labelled row that it could not learn from");
        }
        if (champion.sinceTraining().compareTo(cooldown) < 0) {
            hindrances.add(text(
                    "not trained: the last training is %s ago (cooldown %s)",
                    days(champion.sinceTraining()), days(cooldown)));
        }
        return hindrances;
    }

    private static String days(Duration time) {
        double days = time.toSeconds() / 86_400.0;
        return String.format(Locale.ROOT, "%.4g days", days);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
