package io.trainyard.jobs.run;

import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.Flavor;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.placement.Placement.FittedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.Booster;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressionModel;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Models to and from the files of a bundle. XGBoost's booster is a file. MLlib writes and reads its models in Spark jobs, on a
 * storage that all executors see, so they pass through the warehouse's staging folder.
 */
final class ModelFiles {
    private final SparkSession spark;
    private final org.apache.hadoop.fs.Path staging;

    ModelFiles(SparkSession spark, Warehouse warehouse) {
        this.spark = spark;
        this.staging = new org.apache.hadoop.fs.Path(warehouse.staging());
    }

    /** Writes a model's files into a local folder that is to become a bundle. */
    void write(FittedModel model, Encoding encoding, Path folder) throws IOException {
        if (model instanceof FittedModel.Booster booster) {
            Files.write(folder.resolve(Flavor.XGBOOST.model()), booster.ubj());
            return;
        }
        Transformer fitted = ((FittedModel.SparkModel) model).model();
        inStaging((files, place) -> {
            pipeline(fitted, encoding.columns()).write().save(place.toString());
            files.copyToLocalFile(
                    false,
                    place,
                    new org.apache.hadoop.fs.Path(
                            folder.resolve(Flavor.SPARK.model()).toUri()),
                    true);
            return null;
        });
    }

    /** A pipeline from the encoded columns on, which is what Python's MLflow can feed from a data frame. */
    private PipelineModel pipeline(Transformer fitted, List<String> columns) {
        VectorAssembler assembler = new VectorAssembler()
                .setInputCols(columns.toArray(String[]::new))
                .setOutputCol(SparkLearner.FEATURES);
        StructType schema = DataTypes.createStructType(columns.stream()
                .map(column -> DataTypes.createStructField(column, DataTypes.DoubleType, true))
                .toArray(StructField[]::new));
        return new Pipeline()
                .setStages(new PipelineStage[] {assembler, fitted})
                .fit(spark.createDataFrame(List.of(), schema));
    }

    /** A fitted model as production will use it, so that it is tested as it will be used. */
    Transformer transformer(FittedModel model, Encoding encoding) throws IOException {
        return model instanceof FittedModel.Booster booster
                ? booster(booster.ubj(), encoding.target().classes().size())
                : ((FittedModel.SparkModel) model).model();
    }

    /** The model of a verified bundle, which takes a dense vector in the column {@value SparkLearner#FEATURES}. */
    Transformer read(Bundle bundle) throws IOException {
        if (bundle.flavor() == Flavor.XGBOOST) {
            return booster(
                    Files.readAllBytes(bundle.model()),
                    bundle.encoding().target().classes().size());
        }
        return inStaging((files, place) -> {
            files.copyFromLocalFile(new org.apache.hadoop.fs.Path(bundle.model().toUri()), place);
            Transformer[] stages = PipelineModel.load(place.toString()).stages();
            return stages[stages.length - 1];
        });
    }

    private static Transformer booster(byte[] ubj, int classes) throws IOException {
        try {
            Booster booster = new Booster(XGBoost.loadModel(ubj));
            String identifier = "xgboost_" + UUID.nameUUIDFromBytes(ubj);
            if (classes == 0) {
                XGBoostRegressionModel model = new XGBoostRegressionModel(identifier, booster, scala.Option.empty());
                model.setMissing(Float.NaN);
                model.setFeaturesCol(SparkLearner.FEATURES);
                return model;
            }
            XGBoostClassificationModel model =
                    new XGBoostClassificationModel(identifier, classes, booster, scala.Option.empty());
            model.setFeaturesCol(SparkLearner.FEATURES);
            model.setMissing(Float.NaN);
            model.setObjective(classes > 2 ? "multi:softprob" : "binary:logistic");
            if (classes > 2) {
                model.setNumClass(classes);
            }
            return model;
        } catch (XGBoostError error) {
            throw new IOException("Cannot load the booster: " + error.getMessage(), error);
        }
    }

    @FunctionalInterface
    private interface Staged<T> {
        T use(FileSystem files, org.apache.hadoop.fs.Path place) throws IOException;
    }

    private <T> T inStaging(Staged<T> use) throws IOException {
        Configuration configuration = spark.sessionState().newHadoopConf();
        FileSystem files = staging.getFileSystem(configuration);
        org.apache.hadoop.fs.Path place =
                new org.apache.hadoop.fs.Path(staging, UUID.randomUUID().toString());
        try {
            files.mkdirs(staging);
            return use.use(files, place);
        } finally {
            files.delete(place, true);
        }
    }
}
