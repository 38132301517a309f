package io.trainyard.features.build;

import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import io.trainyard.features.view.View;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a feature table lacks when its source has only grown since it was built. */
final class Incremental {

    private Incremental() {}

    /** Whether all tests judge a row without looking at others, so that the rows of before stay judged. */
    static boolean testable(View view) {
        Source source = view.source();
        return Stream.concat(source.tests().stream(), view.tests().stream())
                .noneMatch(test -> test instanceof Test.Freshness
                        || test instanceof Test.Unique
                        || test instanceof Test.References
                        || test instanceof Test.RowCount);
    }

    /** The rows that came, and those that were there but lay beyond the logical time of the last build; before de-identification. */
    static Optional<Dataset<Row>> rows(TimedRows source, FeatureTableFacts last) {
        boolean goesBack = source.bound()
                .filter(now ->
                        last.asOf().filter(before -> !now.isBefore(before)).isEmpty())
                .isPresent();
        if (goesBack) {
            return Optional.empty(); // to a moment before some of the rows that are in the table
        }
        return last.state()
                .flatMap(source.snapshot()::growthSince)
                .map(grown -> last.bound().isEmpty()
                        ? grown.added().clearRows()
                        : grown.added()
                                .clearRows()
                                .unionByName(grown.before()
                                        .get()
                                        .clearRows()
                                        .where(source.moment()
                                                .geq(lit(last.bound().get())))));
    }
}
