package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Grid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a study may go.
 *
 * @param deadline after which nothing starts
 * @param trials that may be asked for
 * @param points that the space has and its constraints admit
 */
record Limits(Optional<Instant> deadline, int trials, long points) {

    /** @param earlier events, of the drivers before this one */
    static Limits of(StudyDefinition definition, Instant opened, List<StudyEvent> earlier) {
        Budget budget = definition.budget();
        Duration spent = spent(earlier);
        return new Limits(
                budget.time().map(limit -> opened.plus(limit).minus(spent)),
                budget.trials(),
                new Grid(definition.space()).admitted().orElse(Long.MAX_VALUE));
    }

    boolean late(Instant now) {
        return deadline.isPresent() && !now.isBefore(deadline.get());
    }

    /** Whether there may be more trials than these. */
    boolean allowMore(Ledger ledger) {
        return ledger.size() < trials && ledger.distinctPoints() < points;
    }

    /** How long earlier drivers ran, each from its taking over to its last event: a resumed study has the rest of its time. */
    private static Duration spent(List<StudyEvent> events) {
        Duration spent = Duration.ZERO;
        Instant previous = Instant.MAX;
        for (StudyEvent event : events) {
            if (!(event instanceof StudyEvent.Owned) && event.at().isAfter(previous)) {
                spent = spent.plus(Duration.between(previous, event.at()));
            }
            previous = event.at();
        }
        return spent;
    }
}
