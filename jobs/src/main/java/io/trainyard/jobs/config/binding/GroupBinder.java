package io.trainyard.jobs.config.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds the keys of records, and chooses among the records of a sealed interface. */
final class GroupBinder {
    /** Binds what stands below a group. */
    interface Binding {
        Optional<?> bind(Shape shape, Value value, KeyPath path);
    }

    private final Binding binding;
    private final Findings findings;

    GroupBinder(Binding binding, Findings findings) {
        this.binding = binding;
        this.findings = findings;
    }

    Optional<?> group(Shape.Group group, Value value, KeyPath path) {
        return mapping(value, group.shortKeys(), group.keys(), path)
                .flatMap(mapping -> fill(group, mapping, path, Map.of()));
    }

    Optional<?> oneOf(Shape.OneOf shape, Value value, KeyPath path) {
        List<String> keys = shape.chooser()
                .map(List::of)
                .orElseGet(() -> List.copyOf(shape.groups().keySet()));
        Optional<Value.Mapping> mapping = mapping(value, shape.shortKeys(), keys, path);
        if (mapping.isEmpty()) {
            return mapping;
        }
        return shape.chooser().isPresent()
                ? chosen(shape, shape.chooser().get(), mapping.get(), path)
                : recognised(shape, mapping.get(), path);
    }

    private Optional<Value.Mapping> mapping(Value value, Shape.ShortKeys shortKeys, List<String> keys, KeyPath path) {
        if (value instanceof Value.Mapping mapping) {
            return Optional.of(mapping);
        }
        Optional<String> shortKey = value instanceof Value.Sequence ? shortKeys.list() : shortKeys.scalar();
        if (shortKey.isEmpty()) {
            findings.problem(
                    path.text(), Wording.unexpected("a mapping with the keys " + String.join(", ", keys), value));
        }
        return shortKey.map(key -> new Value.Mapping(Map.of(key, value), value.line()));
    }

    /** The group that the chooser's value names. */
    private Optional<?> chosen(Shape.OneOf shape, String chooser, Value.Mapping mapping, KeyPath path) {
        Value choice = mapping.entries().get(chooser);
        String names = String.join(", ", shape.groups().keySet());
        if (choice == null) {
            findings.problem(path.text(), Wording.missing(chooser, "one of " + names));
            return Optional.empty();
        }
        findings.stands(path.key(chooser), choice);
        if (choice instanceof Value.Scalar undefined && undefined.text().isEmpty()) {
            return Optional.empty();
        }
        String name = choice instanceof Value.Scalar scalar ? scalar.text().orElseThrow() : "";
        if (!shape.groups().containsKey(name)) {
            findings.problem(
                    path.key(chooser).text(), Wording.notOneOf(shape.groups().keySet(), choice));
            return Optional.empty();
        }
        findings.read(path.key(chooser), name);
        return fill(shape.groups().get(name), mapping.without(chooser), path, elsewhere(shape, name, chooser + ": "));
    }

    /** The group that the given keys belong to. */
    private Optional<?> recognised(Shape.OneOf shape, Value.Mapping mapping, KeyPath path) {
        Set<String> given = mapping.entries().keySet();
        List<String> named =
                shape.groups().keySet().stream().filter(given::contains).toList();
        if (named.size() > 1) {
            findings.problem(path.key(named.get(1)).text(), "give only one of " + String.join(", ", named));
            return Optional.empty();
        }
        List<String> candidates = named.isEmpty() ? candidates(shape, given) : named;
        if (candidates.size() == 1) {
            String name = candidates.get(0);
            return fill(shape.groups().get(name), mapping, path, elsewhere(shape, name, ""));
        }
        Set<String> known = shape.groups().values().stream()
                .flatMap(group -> group.keys().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> meant = unknownKeys(mapping, known, path, Map.of());
        if (meant.stream().noneMatch(shape.groups()::containsKey)) {
            findings.problem(
                    path.text(),
                    "one of the keys " + String.join(", ", shape.groups().keySet()) + " is needed");
        }
        return Optional.empty();
    }

    private static List<String> candidates(Shape.OneOf shape, Set<String> given) {
        return shape.groups().entrySet().stream()
                .filter(entry -> entry.getValue().keys().stream().anyMatch(given::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The keys that only other groups have, each with the choice that it belongs to. */
    private static Map<String, String> elsewhere(Shape.OneOf shape, String chosen, String prefix) {
        Map<String, String> others = new HashMap<>();
        shape.groups()
                .forEach((name, group) -> group.keys()
                        .forEach(key -> others.putIfAbsent(
                                key,
                                "belongs to '" + prefix + name + "', not to '" + prefix + chosen + "': remove it")));
        others.keySet().removeAll(shape.groups().get(chosen).keys());
        return others;
    }

    private Optional<?> fill(Shape.Group group, Value.Mapping mapping, KeyPath path, Map<String, String> elsewhere) {
        Set<String> meant = unknownKeys(mapping, group.keys(), path, elsewhere);
        List<Object> components = new ArrayList<>();
        for (Shape.Field field : group.fields()) {
            component(field, mapping, path, meant).ifPresent(components::add);
        }
        return components.size() == group.fields().size()
                ? Optional.of(checked(record(group.type(), components), path))
                : Optional.empty();
    }

    /** The value for a component; empty when it is missing or cannot be read. A key that is only misspelt is not missing. */
    private Optional<?> component(Shape.Field field, Value.Mapping mapping, KeyPath path, Set<String> meant) {
        if (meant.contains(field.key())) {
            return Optional.empty();
        }
        Optional<Value> value = Optional.ofNullable(mapping.entries().get(field.key()))
                .or(() -> field.fallback().map(text -> YamlReader.declared(text, mapping.line())));
        if (value.isPresent()) {
            Optional<?> bound = binding.bind(field.shape(), value.get(), path.key(field.key()));
            return bound.map(read -> field.optional() ? Optional.of(read) : read);
        }
        if (field.required()) {
            findings.problem(path.text(), Wording.missing(field.key(), field.description()));
            return Optional.empty();
        }
        return Optional.of(Optional.empty());
    }

    /** Reports the unknown keys; the known keys that they were probably meant to be. */
    private Set<String> unknownKeys(
            Value.Mapping mapping, Collection<String> known, KeyPath path, Map<String, String> elsewhere) {
        List<String> free = known.stream()
                .filter(key -> !mapping.entries().containsKey(key))
                .toList();
        Set<String> meant = new HashSet<>();
        mapping.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                findings.stands(path.key(key), value);
                findings.problem(
                        path.key(key).text(),
                        elsewhere.getOrDefault(
                                key,
                                Wording.unknownKey(
                                        key, NearestName.of(key, free).isPresent() ? free : known)));
                NearestName.of(key, free).ifPresent(meant::add);
            }
        });
        return meant;
    }

    private Object checked(Record bound, KeyPath path) {
        if (bound instanceof Checked checked) {
            checked.flaws()
                    .forEach(flaw -> findings.problem(path.key(flaw.key()).text(), flaw.message()));
        }
        return bound;
    }

    private static Record record(Class<? extends Record> type, List<Object> components) {
        try {
            Constructor<? extends Record> constructor =
                    type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(components.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Cannot create " + type.getName() + " from " + components.size() + " components", e);
        }
    }
}
