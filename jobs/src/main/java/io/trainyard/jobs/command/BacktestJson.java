package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.retrain.BacktestReport;
import io.trainyard.jobs.retrain.RetrainDecision;
import io.trainyard.jobs.run.BacktestJob;
import java.util.Locale;

/** What strategies would have come to, as a document for programs. */
final class BacktestJson {
    private BacktestJson() {}

    static ObjectNode of(BacktestJob.Result result) {
        ObjectNode document = ResultJson.object()
                .put("metric", result.report().metric())
                .put("higher_is_better", result.higherIsBetter())
                .put("parameters", result.parameters());
        result.report().share(result.higherIsBetter()).ifPresent(share -> document.put("share", share));
        ArrayNode strategies = document.putArray("strategies");
        result.report().results().forEach(strategy -> strategies.add(of(strategy)));
        return document;
    }

    private static ObjectNode of(BacktestReport.Result result) {
        ObjectNode node = ResultJson.object()
                .put("strategy", result.strategy().toString())
                .put("trainings", result.trainings())
                .put("rollbacks", result.rollbacks());
        number(node, "mean", result.mean());
        ArrayNode periods = node.putArray("periods");
        result.periods().forEach(period -> periods.add(of(period)));
        return node;
    }

    private static ObjectNode of(BacktestReport.Period period) {
        ObjectNode node = ResultJson.object()
                .put("from", period.period().from().toString())
                .put("to", period.period().to().toString())
                .put("fitted", period.fitted().toString());
        number(node, "score", period.score());
        period.decision().ifPresent(decision -> node.set("decision", of(decision)));
        return node;
    }

    private static ObjectNode of(RetrainDecision decision) {
        ObjectNode node =
                ResultJson.object().put("action", decision.action().name().toLowerCase(Locale.ROOT));
        decision.reasons().forEach(node.putArray("reasons")::add);
        return node;
    }

    /** JSON has no NaN. */
    private static void number(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
