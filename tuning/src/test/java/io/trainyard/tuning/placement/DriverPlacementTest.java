package io.trainyard.tuning.placement;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nanvl;
import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.Examples.Example;
import io.trainyard.tuning.learner.RandomForestLearner;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.space.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DriverPlacementTest extends PlacementContract {
    private final List<Dataset<Row>> cached = new ArrayList<>();

    DriverPlacementTest(SparkSession spark) {
        super(spark);
    }

    @AfterEach
    void free() {
        cached.forEach(Dataset::unpersist);
    }

    @Override
    DriverPlacement placement(TrialSettings settings, List<Example> examples, FoldPlan folds) {
        return new DriverPlacement(new RandomForestLearner(), settings, frame(examples), folds, new SlotBooking(2));
    }

    private Dataset<Row> frame(List<Example> examples) {
        Column[] features = Examples.COLUMNS.stream()
                .map(column -> nanvl(col(column), lit(0)).cast("double"))
                .toArray(Column[]::new);
        Dataset<Row> frame = Examples.frame(spark, examples, 1)
                .select(
                        functions.array_to_vector(array(features)).as(SparkLearner.FEATURES),
                        col("label").cast("double").as(SparkLearner.LABEL),
                        col("weight").cast("double").as(SparkLearner.WEIGHT),
                        col("parts").as(DriverPlacement.PARTS))
                .cache();
        cached.add(frame);
        return frame;
    }

    private static Params forest(long trees, long depth) {
        return Params.of(
                Map.of("num_trees", trees, "max_depth", depth, "min_instances_per_node", 1L, "feature_subset", 1.0));
    }

    @Override
    Params good() {
        return forest(3, 3);
    }

    @Override
    Params poor() {
        return forest(1, 0);
    }

    @Override
    Params refused() {
        return forest(0, 4);
    }

    @Override
    String refusal() {
        return "parameter numTrees given invalid value 0";
    }

    @Test
    void fitsTheFinalRows() throws Exception {
        try (Placement placement = placement(settings(1), examples())) {
            Placement.FittedModel fitted = placement.fit("final fit", good(), 0);

            assertThat(((Placement.FittedModel.SparkModel) fitted).model())
                    .isInstanceOfSatisfying(
                            RandomForestClassificationModel.class,
                            forest -> assertThat(forest.getNumTrees()).isEqualTo(3));
        }
    }

    /** A forest of every fold takes its time, and what folds do is held by the other placements as well. */
    @Test
    @Tag("slow")
    @Override
    void aTrialGoesOnFromFoldToFoldAlsoUnderAnotherDriver() throws Exception {
        super.aTrialGoesOnFromFoldToFoldAlsoUnderAnotherDriver();
    }

    @Test
    @Tag("slow")
    @Override
    void trialsInOneFoldAtATimeComeToTheSame() throws Exception {
        super.trialsInOneFoldAtATimeComeToTheSame();
    }
}
