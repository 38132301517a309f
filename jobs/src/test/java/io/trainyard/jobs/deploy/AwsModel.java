package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Holds JSON to the model of an API's request, as Amazon publishes it with its SDK. */
final class AwsModel {
    private AwsModel() {}

    /** Names that the model lacks, and values of other types, by path. */
    static List<String> problems(SdkPojo model, JsonNode json) {
        List<String> problems = new ArrayList<>();
        checkObject("", model, json, problems);
        return problems;
    }

    private static void checkObject(String path, SdkPojo model, JsonNode json, List<String> problems) {
        json.fields().forEachRemaining(entry -> {
            String at = path + entry.getKey();
            Optional<SdkField<?>> field = model.sdkFields().stream()
                    .filter(known -> known.locationName().equals(entry.getKey()))
                    .findFirst();
            if (field.isEmpty()) {
                problems.add(at + ": unknown");
            } else {
                check(at, field.get(), entry.getValue(), problems);
            }
        });
    }

    private static void check(String at, SdkField<?> field, JsonNode value, List<String> problems) {
        MarshallingType<?> type = field.marshallingType();
        boolean fits;
        if (type == MarshallingType.SDK_POJO) {
            fits = value.isObject();
            if (fits) {
                checkObject(at + ".", field.constructor().get(), value, problems);
            }
        } else if (type == MarshallingType.LIST) {
            fits = value.isArray();
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            for (int i = 0; fits && i < value.size(); i++) {
                check(at + "[" + i + "]", member, value.get(i), problems);
            }
        } else if (type == MarshallingType.MAP) {
            fits = value.isObject();
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            if (fits) {
                value.fields()
                        .forEachRemaining(
                                entry -> check(at + "." + entry.getKey(), member, entry.getValue(), problems));
            }
        } else if (type == MarshallingType.STRING) {
            fits = value.isTextual();
        } else if (type == MarshallingType.BOOLEAN) {
            fits = value.isBoolean();
        } else {
            fits = value.isNumber();
        }
        if (!fits) {
            problems.add("%s: expected %s, found %s".formatted(at, type, value));
        }
    }
}
