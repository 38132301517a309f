package io.trainyard.jobs.config.binding;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills records from values: a component is read from the key of its name, in snake case, or of its {@link Key}. Everything that is wrong becomes a
 * problem of the findings, and what is right beside it is still read.
 *
 * <p>A component may be a {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double}, an enum,
 * {@code Duration}, {@code TemporalAmount} (days and weeks as calendar periods), {@code Instant}, {@code ZoneId}, {@link DataPath}, {@link OptionValue}, a record, a sealed interface
 * of records ({@link ChosenBy}), or a {@code List}, {@code Map} or {@code Optional} of these.
 */
public final class RecordBinder {
    private final ScalarType.Surroundings surroundings;
    private final Findings findings;
    private final GroupBinder groups;

    /**
     * Binds into these findings.
     *
     * @param zone of dates and times without an offset
     * @param folder where relative paths start: an absolute path, or a URI
     */
    public RecordBinder(ZoneId zone, String folder, Findings findings) {
        this.surroundings = new ScalarType.Surroundings(zone, folder);
        this.findings = findings;
        this.groups = new GroupBinder(this::bind, findings);
    }

    /** The time zone of that name, as {@code ZoneId} components are read. */
    public static Optional<ZoneId> zone(String text) {
        return Moments.zone(text);
    }

    /** The length of time on a clock, as {@code Duration} components are read. */
    public static Optional<Duration> duration(String text) {
        return Durations.elapsed(text);
    }

    /** The record; empty when a required key is missing or a value could not be read, which is then reported. */
    public <T> Optional<T> bind(Value value, Class<T> type) {
        return bind(Shapes.of(type), value, KeyPath.ROOT).map(type::cast);
    }

    private Optional<?> bind(Shape shape, Value value, KeyPath path) {
        findings.stands(path, value);
        if (value instanceof Value.Empty) {
            problem(path, "has no value: give it one, or remove the key");
            return Optional.empty();
        }
        if (value instanceof Value.Scalar scalar && scalar.text().isEmpty()) {
            return Optional.empty();
        }
        Optional<?> bound = read(shape, value, path);
        bound.ifPresent(read -> findings.read(path, read));
        return bound;
    }

    private Optional<?> read(Shape shape, Value value, KeyPath path) {
        if (shape instanceof Shape.Single single) {
            return single(single, value, path);
        }
        if (shape instanceof Shape.Choice choice) {
            return choice(choice, value, path);
        }
        if (shape instanceof Shape.Listing listing) {
            return listing(listing, value, path);
        }
        if (shape instanceof Shape.Table table) {
            return table(table, value, path);
        }
        if (shape instanceof Shape.Group group) {
            return groups.group(group, value, path);
        }
        return groups.oneOf((Shape.OneOf) shape, value, path);
    }

    private Optional<?> single(Shape.Single single, Value value, KeyPath path) {
        if (!(value instanceof Value.Scalar scalar)) {
            return unexpected(single.type().expected(), value, path);
        }
        Optional<?> parsed = single.type().parse(scalar, surroundings);
        if (parsed.isEmpty()) {
            return unexpected(single.type().expected(), value, path);
        }
        Shape.Limits limits = single.limits();
        Optional<Shape.TextPattern> broken =
                limits.pattern().filter(pattern -> !scalar.text().orElseThrow().matches(pattern.pattern()));
        if (broken.isPresent()) {
            return unexpected(broken.get().meaning(), value, path);
        }
        if (parsed.get() instanceof Number number && !limits.hold(number.doubleValue())) {
            return unexpected(limits.numberWords(), value, path);
        }
        return parsed;
    }

    private Optional<?> choice(Shape.Choice choice, Value value, KeyPath path) {
        String name = value instanceof Value.Scalar scalar ? scalar.text().orElseThrow() : "";
        Optional<? extends Enum<?>> constant = Arrays.stream(choice.type().getEnumConstants())
                .filter(known -> Shape.Choice.name(known).equals(name))
                .findFirst();
        if (constant.isEmpty()) {
            problem(path, Wording.notOneOf(choice.names(), value));
        }
        return constant;
    }

    private Optional<?> listing(Shape.Listing listing, Value value, KeyPath path) {
        List<Value> items = value instanceof Value.Sequence sequence ? sequence.items() : List.of(value);
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            KeyPath place = value instanceof Value.Sequence ? path.item(i) : path;
            bind(listing.item(), items.get(i), place).ifPresent(bound::add);
        }
        return sized(items.size(), listing.size(), path) && bound.size() == items.size()
                ? Optional.of(Collections.unmodifiableList(bound))
                : Optional.empty();
    }

    private Optional<?> table(Shape.Table table, Value value, KeyPath path) {
        if (!(longForm(table, value) instanceof Value.Mapping mapping)) {
            return unexpected(table.expected(), value, path);
        }
        findings.stands(path, mapping);
        Map<Object, Object> bound = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            Optional<?> key = key(table.key(), name, entry, path);
            Optional<?> content = bind(table.value(), entry, path.key(name));
            key.ifPresent(k -> content.ifPresent(c -> bound.put(k, c)));
        });
        int size = mapping.entries().size();
        return sized(size, table.size(), path) && bound.size() == size
                ? Optional.of(Collections.unmodifiableMap(bound))
                : Optional.empty();
    }

    /** The mapping that a list or a lone scalar stands for; anything else as it is. */
    private static Value longForm(Shape.Table table, Value value) {
        if (table.columnNames()) {
            return ColumnList.asTable(value);
        }
        return table.loneKey()
                .filter(key -> value instanceof Value.Scalar)
                .<Value>map(key -> new Value.Mapping(Map.of(key, value), value.line()))
                .orElse(value);
    }

    /** A key is checked like a value, but a wrong name of a closed set is said to be an unknown key. */
    private Optional<?> key(Shape shape, String name, Value entry, KeyPath path) {
        KeyPath place = path.key(name);
        if (shape instanceof Shape.Choice choice && !choice.names().contains(name)) {
            findings.stands(place, entry);
            problem(place, Wording.unknownKey(name, choice.names()));
            return Optional.empty();
        }
        return read(shape, new Value.Scalar(name, Optional.of(name), false, entry.line()), place);
    }

    private boolean sized(int size, Shape.Limits limits, KeyPath path) {
        if (!limits.hold(size)) {
            problem(path, Wording.wrongSize(limits, size));
        }
        return limits.hold(size);
    }

    private Optional<?> unexpected(String expected, Value value, KeyPath path) {
        problem(path, Wording.unexpected(expected, value));
        return Optional.empty();
    }

    private void problem(KeyPath path, String message) {
        findings.problem(path.text(), message);
    }
}
