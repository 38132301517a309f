package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.trainyard.registry.encoding.Encoding;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.StructType;

/**
 * SHAP values of a booster's predictions by feature (Lundberg et al. 2020, "From local explanations to global understanding with
 * explainable AI for trees"), in the unit of margins: with the bias they add up to the margin of the prediction, or of the class that is
 * predicted where there are three or more.
 *
 * @param features names by encoded column: the columns of a one-hot feature are one
 * @param classes how many classes have a margin of their own; 1 for two classes and for numbers
 */
record Contributions(List<String> features, int classes) implements Serializable {
    /** What XGBoost makes for each row: for each class one value a column, and then the bias. */
    static final String RAW = "_contributions";

    private static final StructType TYPE = StructType.fromDDL("features map<string, double>, bias double");

    static Contributions of(Encoding encoding) {
        List<String> features = encoding.features().stream()
                .flatMap(feature -> Collections.nCopies(feature.width(), feature.name()).stream())
                .toList();
        int classes = encoding.target().classes().size();
        return new Contributions(features, classes < 3 ? 1 : classes);
    }

    /** A struct of {@code features}, a value by name, and {@code bias}, over rows with {@link #RAW} and Spark ML's prediction. */
    Column column() {
        UDF2<Vector, Double, Row> sum = this::row;
        return udf(sum, TYPE).apply(col(RAW), col("prediction"));
    }

    private Row row(Vector raw, double prediction) {
        int width = features.size() + 1;
        int first = classes == 1 ? 0 : ((int) prediction) * width;
        Map<String, Double> sums = new HashMap<>();
        for (int column = 0; column < features.size(); column++) {
            sums.merge(features.get(column), raw.apply(first + column), Double::sum);
        }
        return RowFactory.create(sums, raw.apply(first + features.size()));
    }
}
