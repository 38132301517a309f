package io.trainyard.tuning.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.NoPruner;
import io.trainyard.tuning.study.Pruner;
import org.junit.jupiter.api.Test;

class NoPrunerTest extends PrunerContract {

    @Override
    Pruner pruner() {
        return new NoPruner();
    }

    @Test
    void asksForNoReportBeforeTheEnd() {
        assertThat(pruner().nextStep(Histories.problem(Direction.MINIMIZE, 27), Histories.pending(0)))
                .isEqualTo(27);
    }
}
