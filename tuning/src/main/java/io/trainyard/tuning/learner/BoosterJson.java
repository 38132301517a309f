package io.trainyard.tuning.learner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Boosters as XGBoost's documented JSON (doc/model.schema), in which the trees can be read and changed. */
public final class BoosterJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BoosterJson() {}

    /**
     * Reads a model in XGBoost's {@code ubj} format. Its features are called f0, f1 and so on: XGBoost writes names that are not of
     * ASCII as no JSON.
     */
    public static ObjectNode read(byte[] ubj) throws IOException {
        try {
            Booster booster = XGBoost.loadModel(ubj);
            try {
                booster.setFeatureNames(IntStream.range(0, (int) booster.getNumFeature())
                        .mapToObj(feature -> "f" + feature)
                        .toArray(String[]::new));
                return (ObjectNode) JSON.readTree(booster.toByteArray("json"));
            } finally {
                booster.dispose();
            }
        } catch (XGBoostError error) {
            throw new IOException("Cannot read a booster: " + error.getMessage(), error);
        }
    }

    /**
     * Writes a model in XGBoost's {@code ubj} format.
     *
     * @param names of the features
     */
    public static byte[] write(ObjectNode model, String[] names) throws IOException {
        try {
            Booster booster = XGBoost.loadModel(JSON.writeValueAsBytes(model));
            try {
                FeatureNames.set(booster, names);
                return booster.toByteArray("ubj");
            } finally {
                booster.dispose();
            }
        } catch (XGBoostError error) {
            throw new IOException("Cannot write a booster: " + error.getMessage(), error);
        }
    }
}
