package io.trainyard.features.build;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** What determines a feature table, and the features that are made of it. */
final class ViewFingerprint {

    /** To be raised when the same declaration over the same source comes to give other rows of the table. */
    private static final int TABLE = 1;

    /** To be raised when the same rows come to give other features. */
    private static final int FEATURES = 1;

    private ViewFingerprint() {}

    /**
     * The declaration of a feature table. What only the join needs, such as windows, is no part of it: changing it writes no new
     * version.
     */
    static String ofTable(View view, ZoneId zone) {
        return addRows(Fingerprint.of("feature table", TABLE), view)
                .add("zone", zone.normalized())
                .addAll("tests", tests(view.tests()))
                .addAll("source tests", tests(view.source().tests()))
                .hex();
    }

    /** The declaration of a view's features, given the rows of its table. */
    static String ofFeatures(View view) {
        Fingerprint fingerprint = addRows(Fingerprint.of("view", FEATURES), view)
                .add("name", view.name())
                .addAll(
                        "examples",
                        view.entity().stream().map(EntityColumn::example).toList())
                .add("delay", view.delay());
        if (view instanceof View.Aggregates aggregates) {
            return fingerprint
                    .addAll("aggregates", aggregates.aggregates().values())
                    .addAll(
                            "windows",
                            aggregates.windows().stream().map(Window::label).toList())
                    .hex();
        }
        return fingerprint
                .add(
                        "max age",
                        ((View.Columns) view).maxAge().map(Duration::toString).orElse(""))
                .hex();
    }

    private static Fingerprint addRows(Fingerprint fingerprint, View view) {
        fingerprint
                .addAll(
                        "entity",
                        view.entity().stream().map(EntityColumn::column).toList())
                .addAll("values", view.values().keySet())
                .addAll("expressions", view.values().values())
                .addAll(
                        "over",
                        view.over().stream().map(ViewFingerprint::ofFeatures).toList());
        if (view instanceof View.Aggregates aggregates) {
            fingerprint.addAll("names", aggregates.aggregates().keySet());
        }
        return addSource(fingerprint, view.source());
    }

    /** What a source's declaration says about its rows beside where they are. */
    static Fingerprint addSource(Fingerprint fingerprint, Source source) {
        return fingerprint
                .add("event time", source.eventTime().orElse(""))
                .add("known at", source.knownAt().rows().orElse(""))
                .addAll("known columns", source.knownAt().columns().keySet())
                .addAll("known when", source.knownAt().columns().values());
    }

    static List<String> tests(List<Test> tests) {
        return tests.stream()
                .map(test -> test.describe() + " " + test.reaction())
                .toList();
    }
}
