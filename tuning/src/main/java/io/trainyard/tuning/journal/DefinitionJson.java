package io.trainyard.tuning.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Fidelity;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.StudyDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * What a study's suggestions depend on as a JSON object, from which they can be computed again without the data or the program's
 * default ranges. What ends a study early is not part of it.
 */
public final class DefinitionJson {

    private DefinitionJson() {}

    public static ObjectNode write(StudyDefinition definition) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode directions = json.putArray("directions");
        definition.problem().directions().forEach(direction -> directions.add(direction.name()));
        json.put("steps", definition.fidelity().steps());
        json.put("seed", definition.problem().seed());
        json.put("trials", definition.budget().trials());
        json.put("parallelism", definition.concurrency().trials());
        json.put("lockstep", definition.concurrency().lockstep());
        ArrayNode enqueued = json.putArray("enqueued");
        definition.enqueued().forEach(point -> enqueued.add(EventJson.writeParams(point)));
        json.set("space", SpaceJson.write(definition.space()));
        return json;
    }

    /**
     * @param name of the study, for messages
     * @throws IllegalArgumentException when this is not a definition of this format
     */
    public static StudyDefinition read(String name, JsonNode json) {
        List<Direction> directions = new ArrayList<>();
        json.required("directions").forEach(direction -> directions.add(Direction.valueOf(direction.textValue())));
        List<Params> enqueued = new ArrayList<>();
        json.required("enqueued").forEach(point -> enqueued.add(EventJson.readParams(point)));
        return new StudyDefinition(
                name,
                new Problem(
                        SpaceJson.read(json.required("space")),
                        directions,
                        new Fidelity(json.required("steps").intValue()),
                        json.required("seed").longValue()),
                enqueued,
                Budget.ofTrials(json.required("trials").intValue()),
                new Concurrency(
                        json.required("parallelism").intValue(),
                        json.required("lockstep").booleanValue()));
    }
}
