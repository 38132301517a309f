package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.scoring.Scorer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How long the scorer without Spark takes for single rows, as a service would ask it: by names, one after the other. */
final class RowLatency {
    private static final int DISTINCT = 256;
    private static final int WARM_UP = 20_000;
    private static final int TIMED = 5_000;

    private RowLatency() {}

    /** @param rows of a training set; the first ones are scored again and again */
    static Duration median(Bundle bundle, Dataset<Row> rows, List<FeatureColumn> features) {
        Scorer scorer = Scorer.of(bundle);
        List<Map<String, Object>> raw = rows.limit(DISTINCT).collectAsList().stream()
                .map(row -> raw(scorer, row, features))
                .toList();
        long[] nanos = new long[TIMED];
        for (int time = 0; time < WARM_UP + TIMED; time++) {
            Map<String, Object> row = raw.get(time % raw.size());
            long began = System.nanoTime();
            scorer.score(row);
            nanos[Math.max(0, time - WARM_UP)] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[TIMED / 2]);
    }

    private static Map<String, Object> raw(Scorer scorer, Row row, List<FeatureColumn> features) {
        Map<String, Object> raw = new HashMap<>();
        features.stream()
                .filter(feature -> scorer.features().contains(feature.name()))
                .forEach(feature -> raw.put(feature.name(), row.getAs(feature.column())));
        return raw;
    }
}
