package io.trainyard.jobs.bench;

import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Encoder;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.scoring.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A bundle opened by us and by XGBoost, on one thread each, and a batch of raw rows in three forms. */
@State(Scope.Benchmark)
public class ScoringState {
    @Param("")
    public String bundle;

    @Param("1000")
    public int batch;

    Scorer scorer;
    Booster booster;
    Encoder encoder;
    Object[][] arrays;
    List<Map<String, Object>> maps;
    Map<String, Object> columns;
    private int turn;

    @Setup
    public void open() throws IOException, XGBoostError {
        Bundle opened = Bundle.open(Path.of(bundle));
        scorer = Scorer.of(opened);
        booster = XGBoost.loadModel(Files.readAllBytes(opened.model()));
        booster.setParam("nthread", 1);
        Encoding encoding = opened.encoding();
        encoder = encoding.encoder();
        arrays = ScoringModel.rows(encoding, batch, 2);
        maps = Arrays.stream(arrays).map(this::named).toList();
        columns = new HashMap<>();
        for (int column = 0; column < scorer.features().size(); column++) {
            int place = column;
            columns.put(
                    scorer.features().get(column),
                    Arrays.stream(arrays).map(row -> row[place]).toArray());
        }
    }

    private Map<String, Object> named(Object[] values) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 0; column < values.length; column++) {
            row.put(scorer.features().get(column), values[column]);
        }
        return row;
    }

    /** The place of another row each time. */
    int next() {
        turn = (turn + 1) % batch;
        return turn;
    }

    /** The whole batch as XGBoost takes it. */
    float[] encoded() {
        float[] encoded = new float[batch * encoder.width()];
        for (int row = 0; row < batch; row++) {
            encoder.encode(arrays[row], encoded, row * encoder.width());
        }
        return encoded;
    }
}
