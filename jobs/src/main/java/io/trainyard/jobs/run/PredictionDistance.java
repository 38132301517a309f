package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.registry.bundle.Bundle;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How far the predictions of two models lie apart on the test rows. */
record PredictionDistance(SparkSession spark, Learning learning, ModelFiles files) {
    Reproduction.Deviation between(Bundle registered, Bundle rebuilt) throws IOException {
        Dataset<Row> distances = scores(registered, "registered")
                .join(scores(rebuilt, "rebuilt"), TrainingSet.KEY)
                .select(array_max(zip_with(col("registered"), col("rebuilt"), (one, other) -> abs(one.minus(other))))
                        .as("distance"));
        Row row = distances
                .agg(
                        count(lit(1)).as("rows"),
                        coalesce(sum(when(col("distance").notEqual(0), 1L).otherwise(0L)), lit(0L))
                                .as("differing"),
                        coalesce(max("distance"), lit(0.0)).as("largest"))
                .first();
        return new Reproduction.Deviation(row.getAs("rows"), row.getAs("differing"), row.getAs("largest"));
    }

    private Dataset<Row> scores(Bundle bundle, String name) throws IOException {
        Scorer scorer = Scorer.of(bundle, files);
        return scorer.predict(learning.testRows(spark), learning.set().features(), col(TrainingSet.KEY))
                .select(col(TrainingSet.KEY), scorer.scores().as(name));
    }
}
