package io.trainyard.features.build;

import io.trainyard.features.view.TrainingDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of all sources that may become examples. */
record Candidates(TrainingSources sources, Examples examples, Optional<Examples> testRows, ExampleChecks checks) {

    static Candidates of(
            TrainingDefinition definition,
            TrainingSources sources,
            FeatureSelection selection,
            Optional<Instant> asOf) {
        return new Candidates(
                sources,
                examples(definition, sources.rows(), selection, asOf),
                sources.testRows().map(tests -> examples(definition, tests, selection, asOf)),
                new ExampleChecks(definition));
    }

    private static Examples examples(
            TrainingDefinition definition, TimedRows rows, FeatureSelection selection, Optional<Instant> asOf) {
        return Examples.of(definition, rows, selection, LabelTime.bound(definition, rows, asOf));
    }

    /** All of them, with the columns of a training set but for the features of views, and {@link Examples#REASON}. */
    Dataset<Row> rows(ZoneId zone) {
        Dataset<Row> all = examples.divided(zone);
        if (testRows.isPresent()) {
            Dataset<Row> tested = testRows.get().tested();
            checks.requireSameKinds(examples, testRows.get(), all, tested);
            all = all.unionByName(tested);
        }
        return examples.definition().key().isPresent() ? all : Examples.numbered(all);
    }

    /** The features that are computed of the rows themselves. */
    List<FeatureColumn> features() {
        return examples.features();
    }

    List<Input> inputs() {
        return sources.inputs();
    }
}
