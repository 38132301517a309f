package io.trainyard.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trainyard.tuning.journal.SegmentStore;
import io.trainyard.tuning.study.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a study is about, beside its journal in {@code study.json}: written once, when the study is new.
 *
 * @param name of the study, also its folder's
 * @param pipeline that it belongs to
 * @param metric that it optimises
 * @param space in words
 * @param trainingSet fingerprint of the data
 */
public record StudyFile(
        String name, String pipeline, String metric, Direction direction, String space, String trainingSet) {
    static final String FILE = "study.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes the file if the study has none yet. */
    void write(SegmentStore folder) throws IOException {
        folder.createIfAbsent(FILE, toJson());
    }

    private byte[] toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(JSON.createObjectNode()
                            .put("format", 1)
                            .put("name", name)
                            .put("pipeline", pipeline)
                            .put("metric", metric)
                            .put("direction", direction.name())
                            .put("space", space)
                            .put("training_set", trainingSet))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Cannot write " + FILE, impossible);
        }
    }

    static StudyFile read(SegmentStore folder) throws IOException {
        JsonNode json = JSON.readTree(folder.read(FILE));
        return new StudyFile(
                json.required("name").textValue(),
                json.required("pipeline").textValue(),
                json.required("metric").textValue(),
                Direction.valueOf(json.required("direction").textValue()),
                json.required("space").textValue(),
                json.required("training_set").textValue());
    }
}
