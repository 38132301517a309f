package io.trainyard.features.view;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A training set as declared.
 *
 * @param name names the table that holds it: letters, digits, {@code _}, {@code .} and {@code -}
 * @param rows one example per row of this source
 * @param testRows test examples that are a source of their own; {@code rows} are then only split into training and validation, and
 *     the test window of a split by time only places the windows before it
 * @param key the column that identifies an example; without it, examples are identified by their content
 * @param label the column to predict
 * @param positive the label's value that is positive, where a declaration says so
 * @param weight a column of weights, 1 for every example without it
 * @param exposure a column of positive numbers by which the label is divided and the weight multiplied, so that what is learnt is the
 *     label for one unit of it. For a Poisson distribution the likelihood is that of an offset of its logarithm. Amounts are taken to add up
 *     over it, so that the variance of one unit's is φ μᵖ / exposure (Jørgensen 1997, "The theory of dispersion models", 3.1); with an
 *     offset it would be φ μᵖ exposureᵖ⁻², which is another model unless p = 1
 * @param group SQL over one row that says which examples are ranked against each other, such as the documents of a query or the
 *     transactions of a day; a smaller number, date or time comes before a greater one
 * @param unit SQL over one row that says which examples are not independent of each other, such as those of a customer
 * @param features SQL expressions over one row by the feature's name, in the order that the model will have; empty for all columns
 *     that have no other role
 * @param views features of entities that are joined to the examples, each as of the example's event time; after {@code features}
 * @param drop columns that are no features, where {@code features} is empty
 * @param split which examples train, validate and test
 */
public record TrainingDefinition(
        String name,
        Source rows,
        Optional<Source> testRows,
        Optional<String> key,
        String label,
        Optional<String> positive,
        Optional<String> weight,
        Optional<String> exposure,
        Optional<String> group,
        Optional<String> unit,
        Map<String, String> features,
        List<View> views,
        List<String> drop,
        Split split) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    public TrainingDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Cannot name a training set '%s': it names a folder, so use letters, digits, _, . and -"
                            .formatted(name));
        }
        Source.requireText("label of training set '%s'".formatted(name), label);
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
        views = List.copyOf(views);
        drop = List.copyOf(drop);
        requireTimes(name, rows, testRows, views);
        requireDistinct(name, features, views);
        if (!features.isEmpty() && !drop.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot drop %s from training set '%s': its features are listed one by one, so leave them out of that list"
                            .formatted(drop, name));
        }
        if (split instanceof Split.TimeSplit && rows.eventTime().isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot split training set '%s' by time: declare the event time of source '%s'"
                            .formatted(name, rows.name()));
        }
        requireOneTest(name, split, testRows);
    }

    /** The same about the rows of another source, all of which are of one kind: without test rows of their own, or windows of a split. */
    public TrainingDefinition over(Source other) {
        return new TrainingDefinition(
                name,
                other,
                Optional.empty(),
                key,
                label,
                positive,
                weight,
                exposure,
                group,
                unit,
                features,
                views,
                drop,
                new Split.HashSplit(0.2, 0.2, 0, Optional.empty()));
    }

    private static void requireTimes(String name, Source rows, Optional<Source> testRows, List<View> views) {
        if (views.stream().allMatch(view -> view.source().eventTime().isEmpty())) {
            return;
        }
        Stream.concat(Stream.of(rows), testRows.stream())
                .filter(source -> source.eventTime().isEmpty())
                .findFirst()
                .ifPresent(source -> {
                    throw new IllegalArgumentException(
                            "Cannot join views to training set '%s': declare the event time of source '%s', which says as of when"
                                    .formatted(name, source.name()));
                });
    }

    private static void requireDistinct(String name, Map<String, String> features, List<View> views) {
        Set<String> taken = new HashSet<>(features.keySet());
        views.stream()
                .flatMap(view -> view.features().stream())
                .filter(feature -> !taken.add(feature))
                .findFirst()
                .ifPresent(feature -> {
                    throw new IllegalArgumentException(
                            "Training set '%s' has two features '%s': rename one, or what it is made of in its view"
                                    .formatted(name, feature));
                });
    }

    private static void requireOneTest(String name, Split split, Optional<Source> testRows) {
        if (split instanceof Split.TimeSplit) {
            return; // its test window also places the others
        }
        boolean splitsTest = split.tests();
        if (splitsTest && testRows.isPresent()) {
            throw new IllegalArgumentException(
                    "Cannot split training set '%s' %s: its test rows come from source '%s', so leave the test out of the split"
                            .formatted(name, split.describe(), testRows.get().name()));
        }
        if (!splitsTest && testRows.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot split training set '%s' %s: nothing is left to test; give the test a part, or a source of its own"
                            .formatted(name, split.describe()));
        }
    }
}
