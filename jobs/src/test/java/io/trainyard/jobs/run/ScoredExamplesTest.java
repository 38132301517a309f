package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.scoring.Prediction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of real data, asked in a plain JVM and in Spark. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class ScoredExamplesTest {
    private static final int ROWS = 10_000;

    private final SparkSession spark;

    ScoredExamplesTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adult | adult/adult_train.parquet | search.ensemble=3
            adult | adult/adult_train.parquet | training.label=marital_status
            fraud | fraud                     | search.learners=[xgboost]
            """)
    void aPlainJvmScoresAsSparkDoes(String example, String data, String setting, @TempDir Path folder)
            throws Exception {
        RealData.require(data);
        Map<String, String> environment =
                Map.of("TRAINYARD_DATA", System.getenv("TRAINYARD_DATA"), "TRAINYARD_WAREHOUSE", folder.toString());
        Pipeline pipeline = PipelineFile.load(
                RealData.example(example + ".yaml"),
                Optional.empty(),
                List.of("search.trials=6", "search.metric=log_loss", "register.promote_if=[]", setting),
                environment);
        JobContext context = JobContext.of(
                pipeline, Instant.parse("2026-01-01T00:00:00Z"), spark, environment, new Console(System.err, false));
        TrainJob.Result trained = new TrainJob(context).run();
        Path fetched = folder.resolve("bundle");
        context.registry().fetch(trained.version(), fetched);
        Bundle bundle = Bundle.open(fetched);
        TrainingSet set = trained.data().set();
        Dataset<Row> rows = disturbed(set).cache();
        Scorer scorer = Scorer.of(bundle, new ModelFiles(spark, context.warehouse()));

        List<Row> bySpark = scorer.predict(rows, set.features(), col(TrainingSet.KEY))
                .select(scorer.scores(), scorer.prediction())
                .collectAsList();
        List<Prediction> inAPlainJvm = io.trainyard.registry.scoring.Scorer.of(bundle)
                .score(rows.collectAsList().stream().map(row -> raw(set, row)).toArray(Object[][]::new));

        assertThat(bySpark).hasSize(ROWS);
        for (int row = 0; row < ROWS; row++) {
            List<Double> expected = bySpark.get(row).getList(0);
            for (int one = 0; one < expected.size(); one++) {
                assertThat(inAPlainJvm.get(row).probabilities()[one]).isCloseTo(expected.get(one), within(1e-6));
            }
            assertThat(inAPlainJvm.get(row).label()).isEqualTo(bySpark.get(row).getString(1));
        }
    }

    /** Test rows, of which some miss values, and some have categories that no model has seen. */
    private Dataset<Row> disturbed(TrainingSet set) {
        Dataset<Row> rows = set.rows(spark)
                .where(col(TrainingSet.FINAL).equalTo(SplitColumns.TEST))
                .limit(ROWS);
        for (FeatureColumn feature : set.features()) {
            Column dealt = pmod(xxhash64(col(TrainingSet.KEY), lit(feature.name())), lit(10));
            Column value = when(dealt.equalTo(0), lit(null)).otherwise(col(feature.column()));
            rows = rows.withColumn(
                    feature.column(),
                    feature.kind() == FeatureColumn.Kind.TEXT
                            ? when(dealt.equalTo(1), lit("never seen")).otherwise(value)
                            : value);
        }
        return rows;
    }

    private static Object[] raw(TrainingSet set, Row row) {
        List<Object> raw = new ArrayList<>();
        set.features().forEach(feature -> raw.add(row.getAs(feature.column())));
        return raw.toArray();
    }
}
