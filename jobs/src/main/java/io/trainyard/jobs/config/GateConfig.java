package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.config.binding.Variant;
import io.trainyard.tuning.metric.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A condition of promotion, judged on the test rows. */
@Description("a condition of promotion: min, max or not_worse_than")
public sealed interface GateConfig {
    /** Metrics that must not fall below a value. */
    @Variant("min")
    record Minimum(
            @Description("lowest value by metric") @Range(min = 1)
            Map<Metric, Double> min) implements GateConfig {
        public Minimum {
            min = Collections.unmodifiableMap(new LinkedHashMap<>(min));
        }
    }

    /** Metrics that must not rise above a value. */
    @Variant("max")
    record Maximum(
            @Description("highest value by metric") @Range(min = 1)
            Map<Metric, Double> max) implements GateConfig {
        public Maximum {
            max = Collections.unmodifiableMap(new LinkedHashMap<>(max));
        }
    }

    /** A model version that must not be better by more than a margin. */
    @Variant("not_worse_than")
    record NotWorseThan(
            @Description("alias of the version to compare with")
            @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
            String notWorseThan,

            @Description("difference, in the metric's unit, that still counts as not worse")
            @Default("0.01")
            @Range(min = 0)
            double margin,

            @Description("metric to compare; by default the one of the search")
            Optional<Metric> metric)
            implements GateConfig {}
}
