package io.trainyard.jobs.run;

import io.trainyard.features.source.NearestName;
import io.trainyard.jobs.config.DeviceName;
import io.trainyard.jobs.config.Monotone;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.registry.encoding.ColumnSummary;
import io.trainyard.tuning.learner.TrialSettings;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a search asks of all trials of XGBoost; constraints go by the places of the columns: an encoding for trees has one a feature, in their order. */
final class FixedParameters {
    private FixedParameters() {}

    /**
     * XGBoost's parameters {@code monotone_constraints}, {@code interaction_constraints} and {@code device}, where they are asked for.
     *
     * @throws JobException for a feature that is not there, or that has no order
     */
    static SortedMap<String, String> of(SearchConfig search, List<ColumnSummary> columns) {
        SortedMap<String, String> fixed = new TreeMap<>();
        if (search.device() != DeviceName.CPU) {
            fixed.put(TrialSettings.DEVICE, search.device().toString());
        }
        if (!search.monotone().isEmpty()) {
            search.monotone().keySet().forEach(feature -> requireNumber(feature, columns));
            fixed.put("monotone_constraints", monotone(search.monotone(), columns));
        }
        if (!search.interactions().isEmpty()) {
            fixed.put(
                    "interaction_constraints",
                    search.interactions().stream()
                            .map(features -> places(features, columns))
                            .collect(Collectors.joining(",", "[", "]")));
        }
        return fixed;
    }

    private static String monotone(Map<String, Monotone> monotone, List<ColumnSummary> columns) {
        return columns.stream()
                .map(column -> !monotone.containsKey(column.name())
                        ? "0"
                        : switch (monotone.get(column.name())) {
                            case INCREASING -> "1";
                            case DECREASING -> "-1";
                        })
                .collect(Collectors.joining(",", "(", ")"));
    }

    private static String places(List<String> features, List<ColumnSummary> columns) {
        return features.stream()
                .map(feature -> String.valueOf(place("search.interactions", feature, columns)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void requireNumber(String feature, List<ColumnSummary> columns) {
        ColumnSummary column = columns.get(place("search.monotone", feature, columns));
        if (column.kind() == ColumnSummary.Kind.TEXT) {
            throw new JobException(
                    "search.monotone: feature '%s' is a text, which has no order; remove it".formatted(feature));
        }
    }

    private static int place(String path, String feature, List<ColumnSummary> columns) {
        List<String> names = columns.stream().map(ColumnSummary::name).toList();
        int place = names.indexOf(feature);
        if (place < 0) {
            throw new JobException("%s: '%s' is no feature of the training set%s"
                    .formatted(path, feature, NearestName.hint(feature, names)));
        }
        return place;
    }
}
