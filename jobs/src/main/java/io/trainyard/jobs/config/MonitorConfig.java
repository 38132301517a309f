package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.Range;
import java.util.List;
import java.util.Optional;

/** Watching a model at work. */
@Description(
        "how a registered model is watched: drift of features, predictions and labels, and the metric as labels arrive")
public record MonitorConfig(
        @Description("source with the rows to watch, which has an event time and the label; by default training.rows")
        Optional<String> rows,

        @Description("length of a window of event time: day, week or month") @Default("day")
        Every every,

        @Description("how many windows a run looks at: the last ones that are over at the logical time")
        @Default("1")
        @Range(min = 1, max = 1_000)
        int windows,

        @Description("alias of the model version that is watched")
        @Default("champion")
        @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        String alias,

        @Description("features by whose values the metrics are told as well") @Default("[]")
        List<String> slices,

        @Description(
                "how far a column must surely have moved to count as drifted, from 0 to 1: a Jensen-Shannon or Kolmogorov-Smirnov distance, Cramér's V, or a Wasserstein distance in standard deviations; 2.5 times it for the population stability index; half of it is watched")
        @Default("0.1")
        @Range(min = 0.001, max = 1)
        double drift,

        @Description(
                "by how much the metric must surely be worse than on the test rows to count as dropped, in its unit")
        @Default("0.02")
        @Range(min = 0)
        double metricDrop,

        @Description("how old data may be; without it, as 'freshness' tests of sources and views say")
        Optional<FreshnessConfig> freshness,

        @Description("where the numbers go for Prometheus") Optional<PrometheusConfig> prometheus,

        @Description("who is told when an incident begins and when it ends") @Default("[]")
        List<AlertConfig> alerts) {
    public MonitorConfig {
        alerts = List.copyOf(alerts);
        slices = List.copyOf(slices);
    }
}
