package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.jobs.run.ScoreJob;
import io.trainyard.jobs.run.Search;
import io.trainyard.jobs.run.TrainJob;
import io.trainyard.registry.FeatureImportance;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.Score;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.math.BigDecimal;
import java.util.List;

/** Results as documents for programs. */
final class ResultJson {
    private ResultJson() {}

    static ObjectNode of(TrainJob.Result result) {
        ObjectNode document = object();
        document.set("training_set", of(result.data()));
        document.set("study", of(result.search()));
        document.set("version", of(result.version()));
        document.put("reused", result.reused());
        result.promotion().alias().ifPresent(alias -> document.put("alias", alias));
        ArrayNode reasons = document.putArray("gates");
        result.promotion().reasons().forEach(reasons::add);
        return document;
    }

    static ObjectNode of(Search.Result result) {
        ObjectNode document = object().put("name", result.study());
        document.put("trials", result.history().finished().size());
        document.set("best", of(result.winner()));
        return document;
    }

    static ObjectNode of(TrainingSetBuilder.Result data) {
        ObjectNode document = object().put("table", data.set().table().path())
                .put("version", data.set().table().version())
                .put("rows", data.set().table().rows())
                .put("fingerprint", data.set().fingerprint())
                .put("reused", data.reused());
        ArrayNode tables = document.putArray("feature_tables");
        data.tables()
                .forEach(table -> tables.add(object().put("view", table.view().name())
                        .put("table", table.commit().table().path())
                        .put("version", table.commit().table().version())
                        .put("rows", table.commit().table().rows())));
        ObjectNode labels = document.putObject("labels");
        data.labels().forEach(labels::put);
        ObjectNode dropped = document.putObject("dropped");
        data.dropped().forEach(dropped::put);
        return document;
    }

    static ObjectNode of(ScoreJob.Result result) {
        ObjectNode document = object().put("table", result.commit().table().path())
                .put("table_version", result.commit().table().version())
                .put("rows", result.commit().table().rows())
                .put("model", result.version().model())
                .put("model_version", result.version().number())
                .put("reused", result.reused());
        result.shadow().ifPresent(shadow -> document.put("shadow_version", shadow.number()));
        return document;
    }

    static ObjectNode of(ModelVersion version) {
        ObjectNode document = object().put("model", version.model())
                .put("version", version.number())
                .put("registered", version.registered().toString())
                .put("digest", version.digest())
                .put("learner", version.lineage().learner())
                .put("study", version.lineage().study())
                .put("trial", version.lineage().trial());
        ObjectNode params = document.putObject("params");
        version.lineage().params().forEach(params::put);
        ObjectNode scores = document.putObject("test");
        for (Score score : version.scores()) {
            scores.set(
                    score.metric(),
                    object().put("value", score.value()).put("low", score.low()).put("high", score.high()));
        }
        ArrayNode inputs = document.putArray("inputs");
        version.lineage()
                .inputs()
                .forEach(input -> inputs.add(object().put("uri", input.uri())
                        .put("version", input.version())
                        .put("fingerprint", input.fingerprint())));
        return document;
    }

    static ObjectNode of(ModelVersion version, List<FeatureImportance> importance) {
        ObjectNode document = of(version);
        ArrayNode features = document.putArray("importance");
        importance.forEach(feature -> features.add(object().put("feature", feature.feature())
                .put("gain", known(feature.gain()))
                .put("contribution", known(feature.contribution()))
                .put("permutation", known(feature.permutation()))));
        return document;
    }

    /** JSON has no number for what is undefined. */
    private static BigDecimal known(double value) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
    }

    static ObjectNode of(RegisteredModel model) {
        ObjectNode document = object().put("model", model.name());
        ObjectNode aliases = document.putObject("aliases");
        model.aliases().forEach(aliases::put);
        ArrayNode versions = document.putArray("versions");
        model.versions()
                .forEach(version -> versions.add(
                        of(version).put("discarded", model.discarded().containsKey(version.number()))));
        return document;
    }

    static ObjectNode of(Trial trial) {
        ObjectNode document = object().put("trial", trial.number());
        trial.outcome().ifPresent(outcome -> add(document, outcome));
        document.set("params", StudyJson.of(trial.params()));
        return document;
    }

    private static void add(ObjectNode document, Outcome outcome) {
        if (outcome instanceof Outcome.Complete complete) {
            document.put("state", "complete").put("value", complete.value());
            if (complete.values().size() > 1) {
                complete.values().forEach(document.putArray("values")::add);
            }
            ObjectNode measures = document.putObject("measures");
            complete.measures().forEach(measures::put);
        } else if (outcome instanceof Outcome.Pruned pruned) {
            document.put("state", "pruned").put("value", pruned.value());
        } else if (outcome instanceof Outcome.Failed failed) {
            document.put("state", "failed").put("reason", failed.reason());
        } else {
            document.put("state", "lost");
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
