package io.trainyard.jobs.bench;

import io.trainyard.registry.scoring.Prediction;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** From raw rows to scores, by us and by XGBoost4J with our encoding before it. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScoringBenchmarks {
    @Benchmark
    public List<Prediction> batchOfArrays(ScoringState state) {
        return state.scorer.score(state.arrays);
    }

    @Benchmark
    public List<Prediction> batchOfMaps(ScoringState state) {
        return state.scorer.score(state.maps);
    }

    @Benchmark
    public List<Prediction> batchOfColumns(ScoringState state) {
        return state.scorer.scoreColumns(state.columns);
    }

    @Benchmark
    public float[][] batchInPlace(ScoringState state) throws XGBoostError {
        return state.booster.inplace_predict(state.encoded(), state.batch, state.encoder.width(), Float.NaN);
    }

    @Benchmark
    public float[][] batchInMatrix(ScoringState state) throws XGBoostError {
        DMatrix matrix = new DMatrix(state.encoded(), state.batch, state.encoder.width(), Float.NaN);
        try {
            return state.booster.predict(matrix);
        } finally {
            matrix.dispose();
        }
    }

    @Benchmark
    public double row(ScoringState state) {
        return state.scorer.score(state.maps.get(state.next())).probability();
    }

    @Benchmark
    public float rowInPlace(ScoringState state) throws XGBoostError {
        float[] encoded = state.encoder.encode(state.maps.get(state.next()));
        return state.booster.inplace_predict(encoded, 1, state.encoder.width(), Float.NaN)[0][0];
    }
}
