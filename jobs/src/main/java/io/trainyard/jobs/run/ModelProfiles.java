package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.profile.Profile;
import io.trainyard.features.profile.ProfileJson;
import io.trainyard.features.profile.Profiles;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.registry.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a model was made on, stored in its bundle as {@code profile.json}, so that drift is measured without the training set. It holds some
 * of the set's values: frequent ones, and those that quantiles keep.
 *
 * @param features of the rows of the final fit, by the features' names
 * @param labels of the same rows, one column by the label's name
 * @param tested features of the test rows: how far they are from those of the fit is how much drift the model is used to
 * @param predictions of the test rows, one column, {@value #PREDICTION}
 */
record ModelProfiles(Profile features, Profile labels, Profile tested, Profile predictions) {
    static final String FILE = "profile.json";

    /** The positive class's probability for two classes, the class for more, and the number where one is predicted. */
    static final String PREDICTION = "prediction";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param predictions of the test rows */
    static ModelProfiles of(SparkSession spark, TrainingSet set, Profile predictions) {
        Dataset<Row> fitted = part(spark, set, SplitColumns.TRAIN);
        Dataset<Row> tested = part(spark, set, SplitColumns.TEST);
        return new ModelProfiles(
                ofFeatures(fitted, set.features()),
                ofLabels(fitted, set.label()),
                ofFeatures(tested, set.features()),
                predictions);
    }

    private static Dataset<Row> part(SparkSession spark, TrainingSet set, String part) {
        return set.rows(spark).where(col(TrainingSet.FINAL).equalTo(part));
    }

    static Profile ofFeatures(Dataset<Row> rows, List<FeatureColumn> features) {
        Map<String, String> columns = new LinkedHashMap<>();
        features.forEach(feature -> columns.put(feature.name(), feature.column()));
        return Profiles.of(rows, columns);
    }

    static Profile ofLabels(Dataset<Row> rows, String label) {
        return Profiles.of(rows, Map.of(label, TrainingSet.LABEL));
    }

    /** @param predicted rows with what the scorer's model adds */
    static Profile ofPredictions(Dataset<Row> predicted, Scorer scorer) {
        return Profiles.of(predicted.select(scorer.watched().as(PREDICTION)));
    }

    void write(Path bundle) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("format", 1);
        root.set("features", JSON.readTree(ProfileJson.write(features)));
        root.set("labels", JSON.readTree(ProfileJson.write(labels)));
        root.set("tested", JSON.readTree(ProfileJson.write(tested)));
        root.set("predictions", JSON.readTree(ProfileJson.write(predictions)));
        Files.write(bundle.resolve(FILE), JSON.writeValueAsBytes(root));
    }

    /** Empty for a bundle that has none. */
    static Optional<ModelProfiles> read(Bundle bundle) throws IOException {
        Path file = bundle.directory().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode root = JSON.readTree(file.toFile());
        return Optional.of(new ModelProfiles(
                profile(root, "features"),
                profile(root, "labels"),
                profile(root, "tested"),
                profile(root, "predictions")));
    }

    private static Profile profile(JsonNode root, String of) {
        return ProfileJson.read(root.required(of).toString());
    }
}
