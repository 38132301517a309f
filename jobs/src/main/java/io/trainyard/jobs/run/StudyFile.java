package io.trainyard.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.journal.DefinitionJson;
import io.trainyard.tuning.journal.SegmentStore;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.StudyDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a study is about, beside its journal in {@code study.json}: written once, when the study is new.
 *
 * @param name of the study, also its folder's
 * @param pipeline that it belongs to
 * @param objectives that it optimises, the one that chooses the model first
 * @param space in words
 * @param trainingSet fingerprint of the data
 * @param recipe what its suggestions are computed from; earlier releases did not store it
 */
public record StudyFile(
        String name,
        String pipeline,
        List<Objective> objectives,
        String space,
        String trainingSet,
        Optional<Recipe> recipe) {
    static final String FILE = "study.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A metric and which of its values are good. */
    public record Objective(String metric, Direction direction) {}

    /**
     * All that suggestions depend on but the trials before them.
     *
     * @param sampler by its name in pipeline files; never {@code auto}, but what that chose
     * @param pruner by its name in pipeline files; {@code none} also where an earlier release did not store it
     */
    public record Recipe(String sampler, String pruner, StudyDefinition definition) {}

    public StudyFile {
        objectives = List.copyOf(objectives);
    }

    /** The first objective's metric. */
    public String metric() {
        return objectives.get(0).metric();
    }

    /** The first objective's direction. */
    public Direction direction() {
        return objectives.get(0).direction();
    }

    public List<Direction> directions() {
        return objectives.stream().map(Objective::direction).toList();
    }

    /** Writes the file if the study has none yet, and returns the study's own, be it this one or the one that it began with. */
    StudyFile begin(SegmentStore folder) throws IOException {
        folder.createIfAbsent(FILE, toJson());
        return read(folder);
    }

    private byte[] toJson() {
        ObjectNode json = JSON.createObjectNode()
                .put("format", 1)
                .put("name", name)
                .put("pipeline", pipeline)
                .put("metric", metric())
                .put("direction", direction().name())
                .put("space", space)
                .put("training_set", trainingSet);
        ArrayNode all = json.putArray("objectives");
        objectives.forEach(objective -> all.addObject()
                .put("metric", objective.metric())
                .put("direction", objective.direction().name()));
        recipe.ifPresent(known -> json.put("sampler", known.sampler())
                .put("pruner", known.pruner())
                .set("definition", DefinitionJson.write(known.definition())));
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(json)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Cannot write " + FILE, impossible);
        }
    }

    static StudyFile read(SegmentStore folder) throws IOException {
        JsonNode json = JSON.readTree(folder.read(FILE));
        String name = json.required("name").textValue();
        return new StudyFile(
                name,
                json.required("pipeline").textValue(),
                json.has("objectives") ? objectives(json.get("objectives")) : List.of(objective(json)),
                json.required("space").textValue(),
                json.required("training_set").textValue(),
                json.has("definition")
                        ? Optional.of(new Recipe(
                                json.required("sampler").textValue(),
                                json.path("pruner").asText("none"),
                                DefinitionJson.read(name, json.get("definition"))))
                        : Optional.empty());
    }

    private static List<Objective> objectives(JsonNode json) {
        List<Objective> objectives = new ArrayList<>();
        json.forEach(objective -> objectives.add(objective(objective)));
        return objectives;
    }

    private static Objective objective(JsonNode json) {
        return new Objective(
                json.required("metric").textValue(),
                Direction.valueOf(json.required("direction").textValue()));
    }
}
