package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.RetrainJob;
import java.util.Locale;

/** What was decided and done about a model, as a document for programs. */
final class RetrainJson {
    private RetrainJson() {}

    static ObjectNode of(RetrainJob.Plan plan) {
        ObjectNode document = ResultJson.object()
                .put("action", plan.decision().action().name().toLowerCase(Locale.ROOT));
        plan.decision().reasons().forEach(document.putArray("reasons")::add);
        plan.champion().ifPresent(champion -> document.put("version", champion.number()));
        ObjectNode settings = document.putObject("settings");
        plan.settings().forEach(settings::put);
        return document;
    }

    static ObjectNode of(RetrainJob.Result result) {
        ObjectNode document = result.plan().map(RetrainJson::of).orElseGet(ResultJson::object);
        document.put("busy", result.busy());
        result.trained().ifPresent(trained -> document.set("trained", ResultJson.of(trained)));
        result.returned().ifPresent(version -> document.put("returned_to", version.number()));
        return document;
    }
}
