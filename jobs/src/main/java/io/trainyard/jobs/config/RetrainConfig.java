package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.retrain.RetrainPolicy;
import io.trainyard.jobs.retrain.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** When a model is trained again. */
@Description(
        "when the registered model is trained again, or the version before returns, by what the monitor finds in its last window")
public record RetrainConfig(
        @Description("what leads to a training: drift, metric_drop, new_rows, age")
        @Default("[drift, metric_drop]")
        @Range(min = 1)
        List<Trigger> on,

        @Description(
                "drift from which on a model is trained again, from 0 to 1: a Jensen-Shannon distance beyond chance, of the features on average, weighted by what the model makes of them, as far as it is more than on the rows that tested it; or, while too few labels tell whether the model followed, of the predictions or the labels; half of it is watched")
        @Default("0.1")
        @Range(min = 0.001, max = 1)
        double drift,

        @Description(
                "by how much the metric must surely be worse than on the test rows, in its unit, for the model to be trained again")
        @Default("0.02")
        @Range(min = 0)
        double metricDrop,

        @Description("labelled rows that came since, by the rows that the model learned from")
        @Default("0.5")
        @Range(min = 0.001)
        double newRows,

        @Description("age of the newest row that the model learned from") @Default("90 days")
        Duration age,

        @Description("time from a training to the next one") @Default("1 day")
        Duration cooldown,

        @Description("share of a window's rows whose label must be known for its metric to be judged")
        @Default("0.5")
        @Range(min = 0, max = 1)
        double coverage,

        @Description("when the version before returns") @Default("{}")
        Rollback rollback)
        implements Checked {
    public RetrainConfig {
        on = List.copyOf(on);
    }

    /** A metric that drops soon after a promotion. */
    @Description("when the version before returns: the metric dropped soon after a promotion")
    public record Rollback(
            @Description("time from a promotion on in which a drop is the new version's fault; 0 s for never")
            @Default("7 days")
            Duration within,

            @Description(
                    "by how much the metric must surely be worse than on the test rows, in its unit; by default metric_drop")
            @Range(min = 0)
            Optional<Double> drop) {}

    /** As the decision takes it. */
    public RetrainPolicy policy() {
        return new RetrainPolicy(
                Set.copyOf(on),
                drift,
                metricDrop,
                newRows,
                age,
                cooldown,
                new RetrainPolicy.Labels(
                        coverage, RetrainPolicy.STANDARD.labels().rows()),
                new RetrainPolicy.Rollback(rollback.within(), rollback.drop().orElse(metricDrop)));
    }

    @Override
    public List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        if (age.isZero()) {
            flaws.add(new Flaw("age", "must be longer than nothing: remove 'age' from 'on' to not train by it"));
        }
        Set<Trigger> seen = EnumSet.noneOf(Trigger.class);
        on.stream()
                .filter(trigger -> !seen.add(trigger))
                .forEach(trigger -> flaws.add(new Flaw("on", "'%s' is named twice: keep one".formatted(trigger))));
        return flaws;
    }
}
