package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.run.ParameterSummary;
import io.trainyard.jobs.run.StudyProof;
import io.trainyard.jobs.run.StudySummary;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Verification.Deviation;
import java.util.List;

/** Studies as documents for programs. */
final class StudyJson {
    private StudyJson() {}

    static ObjectNode of(Catalog.StudyView study) {
        ObjectNode document = ResultJson.object()
                .put("study", study.file().name())
                .put("metric", study.file().metric())
                .put("direction", study.file().direction().name())
                .put("training_set", study.file().trainingSet());
        study.history().best(study.file().direction()).ifPresent(best -> document.set("best", ResultJson.of(best)));
        ArrayNode trials = document.putArray("trials");
        study.history().finished().forEach(trial -> trials.add(ResultJson.of(trial)));
        return document;
    }

    static ObjectNode of(Catalog.StudyView study, StudySummary summary) {
        ObjectNode document = of(study);
        ObjectNode outcomes = document.putObject("outcomes");
        summary.outcomes().forEach(outcomes::put);
        if (study.file().objectives().size() > 1) {
            document.remove("best");
            ArrayNode objectives = document.putArray("objectives");
            study.file()
                    .objectives()
                    .forEach(objective -> objectives
                            .addObject()
                            .put("metric", objective.metric())
                            .put("direction", objective.direction().name()));
            ArrayNode front = document.putArray("front");
            summary.best().forEach(trial -> front.add(ResultJson.of(trial)));
        }
        ArrayNode improvements = document.putArray("improvements");
        summary.improvements()
                .forEach(trial -> improvements
                        .addObject()
                        .put("trial", trial.number())
                        .put("value", trial.value().getAsDouble()));
        ArrayNode parameters = document.putArray("parameters");
        summary.parameters().forEach(parameter -> parameters.add(of(parameter)));
        lost(document, study.lostWrites());
        return document;
    }

    private static ObjectNode of(ParameterSummary parameter) {
        ObjectNode json = ResultJson.object().put("name", parameter.name());
        parameter.importance().ifPresent(share -> json.put("importance", share));
        parameter.best().ifPresent(value -> json.putPOJO("best", value));
        parameter.range().ifPresent(range -> json.putPOJO("low", range.low()).putPOJO("high", range.high()));
        if (!parameter.words().isEmpty()) {
            parameter.words().forEach(json.putArray("choices")::add);
        }
        return json;
    }

    static ObjectNode of(StudyProof proof) {
        ObjectNode document = ResultJson.object()
                .put("study", proof.study())
                .put("trials", proof.verification().trials())
                .put("verified", proof.verification().deviations().isEmpty());
        ArrayNode deviations = document.putArray("deviations");
        proof.verification().deviations().forEach(deviation -> deviations.add(of(deviation)));
        ArrayNode trials = document.putArray("lost_trials");
        proof.lostTrials()
                .forEach(told -> trials.addObject().put("trial", told.number()).put("reason", StudyText.reason(told)));
        lost(document, proof.lostWrites());
        return document;
    }

    private static ObjectNode of(Deviation deviation) {
        ObjectNode json = ResultJson.object().put("trial", deviation.number());
        if (deviation instanceof Deviation.Suggested suggested) {
            json.set("recorded", of(suggested.recorded()));
            json.set("recomputed", of(suggested.decided()));
        } else if (deviation instanceof Deviation.Judged judged) {
            json.put("step", judged.step());
            json.put("recorded", judged.recorded().name());
            json.put("recomputed", judged.decided().name());
        }
        return json;
    }

    static ObjectNode of(Params params) {
        ObjectNode json = ResultJson.object();
        params.values().forEach(json::putPOJO);
        return json;
    }

    private static void lost(ObjectNode document, List<String> writes) {
        writes.forEach(document.putArray("lost_writes")::add);
    }
}
