package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Range;
import java.util.List;
import java.util.Optional;

/** What ends a search before its budget does. */
@Description("what ends the search before all trials have run; the first that holds")
public record StopConfig(
        @Description("trials in a row that bring nothing better") @Range(min = 1)
        Optional<Integer> noImprovement,

        @Description("value of the metric that is good enough")
        Optional<Double> target,

        @Description("an estimate of what more search would gain, in units of the metric, that is not worth it")
        Optional<Double> regret)
        implements Checked {

    @Override
    public List<Flaw> flaws() {
        return regret.filter(gain -> gain <= 0)
                .map(gain -> List.of(new Flaw("regret", "must be above 0, found " + gain)))
                .orElse(List.of());
    }
}
