package io.trainyard.tuning.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Predictions;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
class GeneralizedLinearRegressionLearnerTest {
    private static final Params UNPENALISED = Params.of(Map.of("reg_param", 0.0));
    private static final StructType SCHEMA = new StructType()
            .add(SparkLearner.FEATURES, new VectorUDT())
            .add(SparkLearner.LABEL, DataTypes.DoubleType)
            .add(SparkLearner.WEIGHT, DataTypes.DoubleType);

    private final SparkSession spark;

    GeneralizedLinearRegressionLearnerTest(SparkSession spark) {
        this.spark = spark;
    }

    /** Labels that are products of effects are fitted exactly by whatever family, if and only if the link is the logarithm. */
    @ParameterizedTest
    @EnumSource(names = {"POISSON", "GAMMA", "TWEEDIE"})
    void effectsOnCountsAndAmountsMultiply(Task task) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 40; row++) {
            double one = row % 2;
            int other = row / 10;
            rows.add(row(Vectors.dense(one, other), 0.3 * Math.pow(2, one) * Math.pow(1.5, other), 1 + row % 3));
        }

        assertThat(fitted(rows, task))
                .allSatisfy(row -> assertThat(row.<Double>getAs("prediction"))
                        .isCloseTo(row.<Double>getAs(SparkLearner.LABEL), within(1e-6)));
    }

    /** Claims over 0.1 to 3 years: what is learnt is a rate a year, each weighing as many years as it was seen. */
    @Test
    void ratesOverExposureAreNearlyTheTrueModels() {
        SplittableRandom random = new SplittableRandom(11);
        Well19937c source = new Well19937c(11);
        List<Row> rows = new ArrayList<>();
        double claimed = 0;
        double seen = 0;
        for (int row = 0; row < 3_000; row++) {
            Vector features = Vectors.dense(random.nextDouble(-1, 1), random.nextInt(2));
            double years = random.nextDouble(0.1, 3);
            int claims = new PoissonDistribution(
                            source,
                            rate(features) * years,
                            PoissonDistribution.DEFAULT_EPSILON,
                            PoissonDistribution.DEFAULT_MAX_ITERATIONS)
                    .sample();
            rows.add(row(features, claims / years, years));
            claimed += claims;
            seen += years;
        }

        List<Row> fitted = fitted(rows, Task.POISSON);

        double truth = deviance(
                fitted,
                fitted.stream()
                        .mapToDouble(row -> rate(row.getAs(SparkLearner.FEATURES)))
                        .toArray());
        double found = deviance(
                fitted,
                fitted.stream()
                        .mapToDouble(row -> row.<Double>getAs("prediction"))
                        .toArray());
        double mean = claimed / seen;
        double constant =
                deviance(fitted, fitted.stream().mapToDouble(row -> mean).toArray());
        assertThat(found).isBetween(0.99 * truth, 1.01 * truth);
        assertThat(constant).as("without features").isGreaterThan(1.1 * truth);
    }

    private static double rate(Vector features) {
        return Math.exp(-1.2 + 0.8 * features.apply(0) + 0.6 * features.apply(1));
    }

    private static double deviance(List<Row> rows, double[] rates) {
        double[] label = rows.stream()
                .mapToDouble(row -> row.<Double>getAs(SparkLearner.LABEL))
                .toArray();
        double[] weight = rows.stream()
                .mapToDouble(row -> row.<Double>getAs(SparkLearner.WEIGHT))
                .toArray();
        return Metric.POISSON_DEVIANCE.of(new Predictions(label, rates, 1, weight));
    }

    private List<Row> fitted(List<Row> rows, Task task) {
        Dataset<Row> frame = spark.createDataFrame(rows, SCHEMA);
        TrialSettings settings = new TrialSettings(
                task, 0, List.of(Metric.defaultFor(task)), 1, 0, 7, task == Task.TWEEDIE ? 1.6 : Double.NaN);
        return new GeneralizedLinearRegressionLearner()
                .fit(frame, UNPENALISED, settings)
                .transform(frame)
                .collectAsList();
    }

    private static Row row(Vector features, double label, double weight) {
        return RowFactory.create(features, label, weight);
    }
}
