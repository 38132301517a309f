package io.trainyard.tuning.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.Condition;
import io.trainyard.tuning.space.Constraint;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A search space as a JSON object: parameters by their kind, and constraints as they were written. */
final class SpaceJson {

    private SpaceJson() {}

    static ObjectNode write(SearchSpace space) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode parameters = json.putArray("parameters");
        space.parameters().forEach(parameter -> parameters.add(write(parameter)));
        ArrayNode constraints = json.putArray("constraints");
        space.constraints().stream().map(Constraint::text).forEach(constraints::add);
        return json;
    }

    /** @throws IllegalArgumentException when this is not a space of this format */
    static SearchSpace read(JsonNode json) {
        List<Parameter> parameters = new ArrayList<>();
        json.required("parameters").forEach(parameter -> parameters.add(readParameter(parameter)));
        return new SearchSpace(parameters)
                .where(texts(json.required("constraints")).toArray(String[]::new));
    }

    private static ObjectNode write(Parameter parameter) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", parameter.name());
        if (parameter instanceof FloatParameter number) {
            json.put("kind", "float").put("low", number.low()).put("high", number.high());
            json.put("log", number.log());
            number.step().ifPresent(step -> json.put("step", step));
        } else if (parameter instanceof IntParameter number) {
            json.put("kind", "int").put("low", number.low()).put("high", number.high());
            json.put("log", number.log()).put("step", number.step());
        } else if (parameter instanceof CategoricalParameter words) {
            json.put("kind", words.ordered() ? "ordered" : "categorical");
            words.choices().forEach(json.putArray("choices")::add);
        }
        parameter.condition().ifPresent(condition -> {
            ObjectNode active = json.putObject("if").put("parameter", condition.parameter());
            condition.values().forEach(active.putArray("in")::add);
        });
        return json;
    }

    private static Parameter readParameter(JsonNode json) {
        String name = json.required("name").textValue();
        String kind = json.required("kind").asText();
        Optional<Condition> condition = Optional.ofNullable(json.get("if")).map(SpaceJson::readCondition);
        return switch (kind) {
            case "float" ->
                new FloatParameter(
                        name,
                        json.required("low").doubleValue(),
                        json.required("high").doubleValue(),
                        json.required("log").booleanValue(),
                        json.has("step") ? OptionalDouble.of(json.get("step").doubleValue()) : OptionalDouble.empty(),
                        condition);
            case "int" ->
                new IntParameter(
                        name,
                        json.required("low").longValue(),
                        json.required("high").longValue(),
                        json.required("log").booleanValue(),
                        json.required("step").longValue(),
                        condition);
            case "categorical", "ordered" ->
                new CategoricalParameter(name, texts(json.required("choices")), kind.equals("ordered"), condition);
            default ->
                throw new IllegalArgumentException("parameter '%s' has the unknown kind '%s'".formatted(name, kind));
        };
    }

    private static Condition readCondition(JsonNode json) {
        return new Condition(json.required("parameter").textValue(), Set.copyOf(texts(json.required("in"))));
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
