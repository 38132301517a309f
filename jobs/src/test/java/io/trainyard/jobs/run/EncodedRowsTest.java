package io.trainyard.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.FeatureColumn.Kind;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.learner.SparkLearner;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class EncodedRowsTest {
    private static final Encoding ENCODING = new Encoding(
            List.of(new Feature.NumberFeature("label"), new Feature.NumberFeature("features")),
            Target.ClassTarget.of("y", List.of("no", "yes")));

    private final SparkSession spark;

    EncodedRowsTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void featuresWithTheNamesOfSparkMlKeepTheirValues() {
        Dataset<Row> rows = spark.sql(
                "select 'yes' as _label, 1.0D as _weight, 1L as _train_folds, 0L as _validation_folds, 'train' as _final,"
                        + " 7 as label, 8 as features");

        Row encoded = new EncodedRows(ENCODING, List.of(number("label"), number("features")))
                .frame(rows)
                .first();

        assertThat(encoded.<Vector>getAs(SparkLearner.FEATURES).toArray()).containsExactly(7, 8);
        assertThat(encoded.<Double>getAs(SparkLearner.LABEL)).isEqualTo(1);
    }

    @Test
    void rowsMustHaveTheFeaturesAsTheModelTakesThem() {
        assertThatThrownBy(() -> new EncodedRows(ENCODING, List.of(number("label"))))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("The model takes feature 'features', which these rows do not have");
        assertThatThrownBy(() -> new EncodedRows(
                        ENCODING, List.of(number("label"), new FeatureColumn("features", "features", Kind.TEXT))))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("The model takes feature 'features' as a number, and these rows have it as text");
    }

    private static FeatureColumn number(String name) {
        return new FeatureColumn(name, name, Kind.NUMBER);
    }
}
