package io.trainyard.features.asof;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Some views that join the examples at once. */
sealed interface Step permits BroadcastStep, ShuffleStep {

    /** Adds the features to examples, one row out for every row in. */
    Dataset<Row> join(Dataset<Row> examples);

    List<Feature> features();

    /** For people. */
    String describe();
}
