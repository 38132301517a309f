package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.config.binding.Variant;
import io.trainyard.tuning.metric.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A condition of promotion, judged on the test rows. */
@Description("a condition of promotion: min, max, not_worse_than, better_than, slices, calibration, size or latency")
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
            @Description("alias of the version to compare with, on the test rows that it has not learnt from")
            @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
            String notWorseThan,

            @Description("difference, in the metric's unit, that still counts as not worse")
            @Default("0.01")
            @Range(min = 0)
            double margin,

            @Description("metric to compare; by default the one of the search")
            Optional<Metric> metric,

            @Description(
                    "share of the resamples of the rows (paired bootstrap, by unit) in which it must hold: 0.5 is likelier than not, 0.95 all but sure")
            @Default("0.5")
            @Range(min = 0.001, max = 0.999)
            double confidence)
            implements GateConfig {}

    /** A model version that must be worse. */
    @Variant("better_than")
    record BetterThan(
            @Description("alias of the version to compare with, on the test rows that it has not learnt from")
            @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
            String betterThan,

            @Description("difference, in the metric's unit, by which it must be better") @Default("0") @Range(min = 0)
            double margin,

            @Description("metric to compare; by default the one of the search")
            Optional<Metric> metric,

            @Description("share of the resamples of the rows (paired bootstrap, by unit) in which it must hold")
            @Default("0.95")
            @Range(min = 0.001, max = 0.999)
            double confidence)
            implements GateConfig {}

    /** A metric of each slice of the rows. */
    @Variant("slices")
    record Slices(
            @Description("features whose values are slices") @Range(min = 1)
            List<String> slices,

            @Description("worst value of the metric that a slice may have; one fails whose whole interval is beyond it")
            double worst,

            @Description("metric to look at; by default the one of the search")
            Optional<Metric> metric,

            @Description("slices with fewer test rows are not looked at")
            @Default("200")
            @Range(min = 1, max = 1_000_000_000)
            int rows)
            implements GateConfig {
        public Slices {
            slices = List.copyOf(slices);
        }
    }

    /** How far probabilities are from the shares that they announce. */
    @Variant("calibration")
    record Calibration(
            @Description("largest expected calibration error (15 bins of equal weight), such as 0.03")
            @Range(min = 0, max = 1)
            double calibration)
            implements GateConfig {}

    /** How large the model is. */
    @Variant("size")
    record Size(
            @Description("most that the bundle's files may have together, such as 50 MB")
            @Matches(value = SizeText.PATTERN, meaning = SizeText.MEANING)
            String size)
            implements GateConfig {}

    /** How long the scorer without Spark takes. */
    @Variant("latency")
    record Latency(
            @Description(
                    "most that a single row may take at the median, in milliseconds, by the scorer without Spark, on the machine that trains")
            @Range(min = 0.000_001)
            double latency)
            implements GateConfig {}
}
