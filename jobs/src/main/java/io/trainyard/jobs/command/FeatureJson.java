package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.features.version.TableVersion;
import io.trainyard.jobs.run.FeatureJobs;
import java.util.List;
import java.util.function.Function;

/** What jobs on features give, as JSON for programs. */
final class FeatureJson {
    private FeatureJson() {}

    static <T> ArrayNode list(List<T> results, Function<T, ObjectNode> json) {
        ArrayNode document = ResultJson.object().arrayNode();
        results.forEach(result -> document.add(json.apply(result)));
        return document;
    }

    static ObjectNode of(FeatureJobs.Built built) {
        return table(built.view(), built.table())
                .put("quarantined", built.quarantined())
                .put("reused", built.reused());
    }

    static ObjectNode of(FeatureJobs.Past past) {
        ObjectNode document =
                table(past.view(), past.table()).put("built", past.built().toString());
        ArrayNode owners = document.putArray("pinned_by");
        past.owners().forEach(owners::add);
        return document;
    }

    static ObjectNode of(FeatureJobs.Pinned pin) {
        ObjectNode document = ResultJson.object()
                .put("table", pin.table())
                .put("version", pin.version())
                .put("owner", pin.owner())
                .put("since", pin.since().toString());
        pin.reason().ifPresent(reason -> document.put("reason", reason));
        return document;
    }

    static ObjectNode of(FeatureJobs.Vacuumed vacuumed) {
        ObjectNode document = ResultJson.object()
                .put("table", vacuumed.table())
                .put("files", vacuumed.files())
                .put("bytes", vacuumed.bytes());
        ArrayNode kept = document.putArray("kept");
        vacuumed.kept().forEach(kept::add);
        return document;
    }

    private static ObjectNode table(String view, TableVersion table) {
        return ResultJson.object()
                .put("view", view)
                .put("table", table.path())
                .put("version", table.version())
                .put("rows", table.rows());
    }
}
