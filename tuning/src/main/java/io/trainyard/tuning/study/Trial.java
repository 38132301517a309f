package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One configuration of a study.
 *
 * @param number from 0, in the order of asking
 * @param outcome empty while it is pending
 * @param told when it ended
 */
public record Trial(int number, Params params, Optional<Outcome> outcome, Instant asked, Optional<Instant> told) {

    static Trial asked(int number, Params params, Instant at) {
        return new Trial(number, params, Optional.empty(), at, Optional.empty());
    }

    /** The value of the first metric where the trial ran to its end. */
    public OptionalDouble value() {
        return outcome.isPresent() && outcome.get() instanceof Outcome.Complete complete
                ? OptionalDouble.of(complete.value())
                : OptionalDouble.empty();
    }

    /** The values of all metrics where the trial ran to its end, else empty. */
    public List<Double> values() {
        return outcome.isPresent() && outcome.get() instanceof Outcome.Complete complete
                ? complete.values()
                : List.of();
    }

    Trial told(Outcome ended, Instant at) {
        return new Trial(number, params, Optional.of(ended), asked, Optional.of(at));
    }

    Trial untold() {
        return asked(number, params, asked);
    }
}
