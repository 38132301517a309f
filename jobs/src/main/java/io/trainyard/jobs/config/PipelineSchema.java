package io.trainyard.jobs.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.binding.JsonSchema;

/** The JSON Schema of the pipeline file, for editors: written from the records that the file is read into. */
public final class PipelineSchema {
    private PipelineSchema() {}

    /** The schema, draft 2020-12, indented. What relates several sections to each other only loading a file can check. */
    public static String json() {
        ObjectNode schema = JsonSchema.of(Pipeline.class);
        ObjectNode sections = (ObjectNode) schema.get("properties");
        ObjectNode targets = schema.objectNode()
                .put("description", "overlays by name, chosen by --target: what they hold replaces what the file says")
                .put("type", "object");
        ObjectNode overlay = targets.putObject("additionalProperties").put("type", "object");
        sections.fieldNames()
                .forEachRemaining(overlay.putObject("propertyNames").putArray("enum")::add);
        sections.set("targets", targets);
        return schema.toPrettyString() + "\n";
    }
}
