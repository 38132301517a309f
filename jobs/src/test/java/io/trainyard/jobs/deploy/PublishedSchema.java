package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Holds a document to what a platform publishes about it, restated in this folder. */
final class PublishedSchema {
    private PublishedSchema() {}

    /** @param name of the schema's file, without its ending */
    static List<String> problems(String name, JsonNode document) {
        try (InputStream text = PublishedSchema.class.getResourceAsStream(name + ".json")) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text);
            return schema.validate(document).stream()
                    .map(ValidationMessage::getMessage)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
