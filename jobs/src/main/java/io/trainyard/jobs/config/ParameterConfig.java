package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.jobs.config.binding.ShortForm;
import io.trainyard.jobs.config.binding.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the search may try for one hyperparameter. */
@ShortForm(scalar = "value", list = "choices")
@Description("a range, choices or a fixed value; a list is choices, a lone value is fixed")
public sealed interface ParameterConfig {
    String WHEN =
            "the values of another hyperparameter of this learner under which this one is used; by default always";

    /** Whether it can be tried value by value. */
    boolean finite();

    /** Under which values of which other hyperparameter it is used; empty: always. */
    Map<String, List<String>> when();

    /** Numbers between two bounds, both inclusive. */
    @Variant("low")
    record Between(
            @Description("lowest value") double low,
            @Description("highest value") double high,

            @Description("whether small values matter as much as large ones") @Default("false")
            boolean log,

            @Description("distance between values; by default any value")
            Optional<Double> step,

            @Description(WHEN) @Default("{}") Map<String, List<String>> when)
            implements ParameterConfig, Checked {
        /** Share of a step that is lost when decimals such as 0.1 are added up. */
        private static final double ROUNDING = 1e-6;

        @Override
        public boolean finite() {
            return step.isPresent();
        }

        @Override
        public List<Flaw> flaws() {
            List<Flaw> flaws = new ArrayList<>();
            if (low >= high) {
                flaws.add(new Flaw("high", "must be above 'low' (%s), found %s".formatted(low, high)));
            }
            if (log && low <= 0) {
                flaws.add(new Flaw("low", "must be above 0 with 'log', found " + low));
            }
            if (log && step.isPresent()) {
                flaws.add(new Flaw("step", "does not go with 'log': remove one of the two"));
            }
            if (step.filter(distance -> distance <= 0).isPresent()) {
                flaws.add(new Flaw("step", "must be above 0, found " + step.get()));
            } else if (step.isPresent() && low < high) {
                double last = low + Math.floor((high - low) / step.get() + ROUNDING) * step.get();
                if (high - last > ROUNDING * step.get()) {
                    flaws.add(new Flaw(
                            "high",
                            "must be a whole number of steps (%s) above 'low' (%s), such as %s, found %s"
                                    .formatted(step.get(), low, last, high)));
                }
            }
            return flaws;
        }
    }

    /** One of these values. */
    @Variant("choices")
    record Choices(
            @Description("the values to choose from") @Range(min = 1)
            List<String> choices,

            @Description("whether neighbours in the list are more alike than others") @Default("false")
            boolean ordered,

            @Description(WHEN) @Default("{}") Map<String, List<String>> when)
            implements ParameterConfig, Checked {
        public Choices {
            choices = List.copyOf(choices);
        }

        @Override
        public List<Flaw> flaws() {
            Set<String> seen = new HashSet<>();
            return choices.stream()
                    .filter(choice -> !seen.add(choice))
                    .map(twice -> new Flaw("choices", "'%s' is given twice: keep one".formatted(twice)))
                    .toList();
        }

        @Override
        public boolean finite() {
            return true;
        }
    }

    /** Always this value. */
    @Variant("value")
    record Fixed(
            @Description("the value of every trial") String value,

            @Description(WHEN) @Default("{}") Map<String, List<String>> when)
            implements ParameterConfig {
        @Override
        public boolean finite() {
            return true;
        }
    }
}
