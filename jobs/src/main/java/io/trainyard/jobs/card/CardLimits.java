package io.trainyard.jobs.card;

import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a version was not tested on, and what it does not know.
 *
 * @param sliced whether some groups of rows were looked at apart
 */
record CardLimits(Bundle bundle, Optional<TrainedRows> rows, boolean sliced) {
    private static final int FEATURES = 20;

    List<String> points() {
        List<String> points = new ArrayList<>();
        points.add(rows.map(known -> String.format(
                        Locale.ROOT,
                        "Tested on %,d rows, split off %s. Nothing was measured on rows from elsewhere, or after %s.",
                        known.tested(),
                        known.split(),
                        asOf()))
                .orElse("Nothing was measured on rows after %s.".formatted(asOf())));
        points.add(
                sliced
                        ? "Groups of rows other than the slices under Gates were not looked at apart."
                        : "Metrics are of all test rows together: no group of them was looked at apart, so nothing here says that it does as well on each.");
        points.add(
                "Intervals say what other test rows of the same kind would give, and nothing about a world that changes.");
        points.add(missing());
        add(points, "These features had no value in any training row: ", empty());
        add(points, "It makes nothing of these columns, on the test rows: ", unused());
        return points;
    }

    private String asOf() {
        return bundle.metadata().lineage().asOf().toString();
    }

    private String missing() {
        boolean trees = bundle.encoding().features().stream()
                .allMatch(feature ->
                        feature instanceof Feature.NumberFeature || feature instanceof Feature.CategoryFeature);
        if (trees) {
            return "A missing value, and a category that training did not have, count as missing, which the trees have a way for.";
        }
        boolean nominal = bundle.encoding().features().stream().anyMatch(Feature.NominalFeature.class::isInstance);
        return "A missing number counts as the mean, and a category that is missing or that training did not have as "
                + (nominal ? "one of its own, or as none where there are very many." : "none.");
    }

    private List<String> empty() {
        return bundle.encoding().features().stream()
                .filter(feature -> feature instanceof Feature.CategoryFeature category
                        && category.categories().isEmpty())
                .map(Feature::name)
                .toList();
    }

    private List<String> unused() {
        return bundle.metadata().importance().stream()
                .filter(column ->
                        column.contribution() == 0 || (Double.isNaN(column.contribution()) && column.gain() == 0))
                .map(FeatureImportance::feature)
                .toList();
    }

    private static void add(List<String> points, String sentence, List<String> names) {
        if (!names.isEmpty()) {
            points.add(sentence
                    + names.stream().limit(FEATURES).collect(Collectors.joining(", "))
                    + (names.size() > FEATURES ? ", …" : ""));
        }
    }
}
