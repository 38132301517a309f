package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.version.TableVersion;
import io.trainyard.features.version.VersionedTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A version of a table of examples, one per row. It has the columns named here and one per feature.
 *
 * @param table where the rows are
 * @param label the name of what is predicted
 * @param features in the order that a model will have
 * @param inputs the sources, as they were
 */
public record TrainingSet(TableVersion table, String label, List<FeatureColumn> features, List<Input> inputs) {

    /** Identifies an example: unique, never null, of the declared column's type or text. */
    public static final String KEY = "_key";
    /** What is predicted, as the source has it; never null. */
    public static final String LABEL = "_label";
    /** How much an example counts, a double, at least 0. */
    public static final String WEIGHT = "_weight";
    /** A long, equal for examples that are ranked against each other; only where the declaration has a group. */
    public static final String GROUP = "_group";
    /** A long, equal for examples that are not independent of each other; only where the declaration has a unit. */
    public static final String UNIT = "_unit";
    /** A long whose bit f is set where the example trains in fold f of the search; a holdout is fold 0 alone. */
    public static final String TRAINS = "_train_folds";
    /** A long whose bit f is set where the example validates in fold f of the search. */
    public static final String VALIDATES = "_validation_folds";
    /** The example's part in the final fit: {@code train}, {@code test} or null. */
    public static final String FINAL = "_final";

    public TrainingSet {
        features = List.copyOf(features);
        inputs = List.copyOf(inputs);
    }

    /**
     * The training set that was made of exactly this, if a version of the table is and can still be read, current or not.
     *
     * @param path where the table is, or was
     * @param fingerprint as {@link #fingerprint} told it
     */
    public static Optional<TrainingSet> find(SparkSession spark, String path, String fingerprint) {
        return new VersionedTable(spark, path).find(fingerprint).map(commit -> {
            TrainingSetFacts facts = TrainingSetFacts.ofJson(commit.facts());
            return new TrainingSet(commit.table(), facts.label(), facts.features(), facts.inputs());
        });
    }

    /** Whether an example trains in a fold of the search. */
    public static Column trainsIn(int fold) {
        return bit(TRAINS, fold);
    }

    /** Whether an example validates in a fold of the search. */
    public static Column validatesIn(int fold) {
        return bit(VALIDATES, fold);
    }

    private static Column bit(String mask, int fold) {
        return col(mask).bitwiseAND(lit(1L << fold)).notEqual(0);
    }

    /** Hash over whatever determined the rows. */
    public String fingerprint() {
        return table.fingerprint();
    }

    /** The rows together with what they are. */
    public ExampleSet examples(SparkSession spark) {
        return new ExampleSet(rows(spark), label, features);
    }

    /** The rows in the order of their keys, whatever the order in which the sources had them. */
    public Dataset<Row> rows(SparkSession spark) {
        return new VersionedTable(spark, table.path()).read(table.version()).sort(KEY);
    }
}
