package io.trainyard.tuning.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class PausedBoostersTest {
    private static final byte[] FIRST = {1, 2};
    private static final byte[] SECOND = {1, 3};
    private static final Map<String, Object> PARAMETERS = Map.of("max_depth", 2L);

    private final NativeMatrix matrix = NativeMatrix.of(
            new float[] {1, 2, 3, 4},
            new float[] {0, 1, 0, 1},
            new float[] {1, 1, 1, 1},
            List.of("x"),
            List.of("float"));
    private final PausedBoosters paused = matrix.paused();

    PausedBoostersTest() throws XGBoostError {}

    @Test
    void goesOnWithWhatWroteTheModelAndOnlyOnce() throws XGBoostError {
        Booster booster = kept(FIRST);

        assertThat(paused.take(FIRST.clone(), Map.copyOf(PARAMETERS))).containsSame(booster);
        assertThat(paused.take(FIRST, PARAMETERS)).isEmpty();
        assertAlive(booster);
    }

    @Test
    void anotherModelOrOtherParametersAreAnotherTrial() throws XGBoostError {
        Booster first = kept(FIRST);
        Booster second = kept(FIRST);

        assertThat(paused.take(SECOND, PARAMETERS)).isEmpty();
        assertFreed(first);
        assertThat(paused.take(FIRST, Map.of("max_depth", 3L))).isEmpty();
        assertFreed(second);
    }

    @Test
    void whoBeginsFreesTheOneThatPausedFirst() throws XGBoostError {
        Booster first = kept(FIRST);
        Booster second = kept(SECOND);

        paused.makeRoom();

        assertFreed(first);
        assertThat(paused.take(SECOND, PARAMETERS)).containsSame(second);
    }

    @Test
    void allAreFreedWithTheirMatrix() throws XGBoostError {
        Booster before = kept(FIRST);
        Booster after = booster();

        matrix.close();
        paused.keep(SECOND, PARAMETERS, after);

        assertFreed(before);
        assertFreed(after);
    }

    private Booster kept(byte[] model) throws XGBoostError {
        Booster booster = booster();
        paused.keep(model, PARAMETERS, booster);
        return booster;
    }

    private Booster booster() throws XGBoostError {
        return XGBoost.train(matrix.matrix(), Map.of("verbosity", 0), 1, Map.of(), null, null);
    }

    private static void assertAlive(Booster booster) throws XGBoostError {
        assertThat(booster.getNumFeature()).isEqualTo(1);
    }

    private static void assertFreed(Booster booster) {
        assertThatThrownBy(booster::getNumFeature).isInstanceOf(XGBoostError.class);
    }
}
