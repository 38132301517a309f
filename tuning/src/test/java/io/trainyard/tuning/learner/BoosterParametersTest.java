package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoosterParametersTest {
    private static final TrialSettings SETTINGS = new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, 100, 10, 7);

    @Test
    void goesOnInPlaceWhereTheSameTreesAreKnownToGrow() {
        assertThat(pausesInPlace(Map.of())).isTrue();
        assertThat(pausesInPlace(Map.of("booster", "gbtree", "colsample_bynode", 0.5)))
                .isTrue();
        assertThat(pausesInPlace(Map.of("booster", "dart"))).isFalse();
        assertThat(pausesInPlace(Map.of("tree_method", "approx"))).isFalse();
        assertThat(pausesInPlace(Map.of("updater", "grow_quantile_histmaker"))).isFalse();
        assertThat(BoosterParameters.of(SETTINGS.onGpu("0"), Params.empty(), 1).pausesInPlace())
                .isFalse();
    }

    @Test
    void dartHasNoBestRound() {
        assertThat(of(Map.of()).stopsEarly()).isTrue();
        assertThat(of(Map.of("booster", "dart")).stopsEarly()).isFalse();
    }

    private static boolean pausesInPlace(Map<String, Object> params) {
        return of(params).pausesInPlace();
    }

    private static BoosterParameters of(Map<String, Object> params) {
        return BoosterParameters.of(SETTINGS, Params.of(params), 1);
    }
}
