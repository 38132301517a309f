package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureColumn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What two models compute of one row, each expression once. Where they compute something else under one name, the second model's has
 * another name here.
 *
 * @param expressions SQL by name
 * @param renamed the second model's own name of a feature by the name that it has here
 */
record SharedExpressions(Map<String, String> expressions, Map<String, String> renamed) {
    static SharedExpressions of(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        Map<String, String> renamed = new HashMap<>();
        second.forEach((name, sql) -> {
            if (all.getOrDefault(name, sql).equals(sql)) {
                all.put(name, sql);
                return;
            }
            String other = name + " of the shadow";
            while (first.containsKey(other) || second.containsKey(other)) {
                other += "'";
            }
            all.put(other, sql);
            renamed.put(other, name);
        });
        return new SharedExpressions(all, renamed);
    }

    /** The second model's features, under its own names. */
    List<FeatureColumn> ofSecond(List<FeatureColumn> features) {
        return features.stream()
                .filter(feature -> !renamed.containsValue(feature.name()))
                .map(feature -> Optional.ofNullable(renamed.get(feature.name()))
                        .map(own -> new FeatureColumn(own, feature.column(), feature.kind()))
                        .orElse(feature))
                .toList();
    }
}
