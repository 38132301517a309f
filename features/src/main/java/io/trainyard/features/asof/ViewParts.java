package io.trainyard.features.asof;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.asof.WindowPart.Measure;
import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampType;

/** Takes a view apart by when its values are known, and finds its columns. */
final class ViewParts {

    private final ViewRows source;
    private final List<Column> keys;
    private final EventLayout layout;
    private final List<Feature> features;

    private ViewParts(ViewRows source, List<Column> keys, EventLayout layout, List<Feature> features) {
        this.source = source;
        this.keys = keys;
        this.layout = layout;
        this.features = features;
    }

    /**
     * The parts of a view.
     *
     * @param features of all views over the key so far, to which this view's are added
     */
    static List<PartRows> of(ViewRows source, List<Column> keys, EventLayout layout, List<Feature> features) {
        ViewParts parts = new ViewParts(source, keys, layout, features);
        if (source.timed()) {
            parts.requireTimestamp(ViewRows.EVENT_TIME);
        }
        return source.view() instanceof View.Columns columns
                ? parts.of(columns)
                : parts.of((View.Aggregates) source.view());
    }

    private List<PartRows> of(View.Columns view) {
        int before = features.size();
        List<String> names = List.copyOf(view.columns().keySet());
        for (String name : names) {
            features.add(new Feature(view.name() + "_" + name, type(name)));
        }
        List<PartRows> parts = new ArrayList<>();
        byKnown(names).forEach((known, together) -> {
            Part part = new NewestPart(
                    layout.place(together.stream().map(this::type).toList()),
                    together.stream().map(this::order).toArray(ValueOrder[]::new),
                    together.stream()
                            .mapToInt(name -> before + names.indexOf(name))
                            .toArray(),
                    view.maxAge().map(Moments::floor).orElse(Long.MAX_VALUE));
            List<Column> values = together.stream().map(this::column).toList();
            parts.add(new PartRows(source, keys, known, values, view.maxAge().map(Moments::floor), part));
        });
        return parts;
    }

    private List<PartRows> of(View.Aggregates view) {
        int before = features.size();
        int windows = view.windows().size();
        List<String> names = List.copyOf(view.aggregates().keySet());
        view.aggregates().forEach((name, aggregate) -> {
            DataType type = resultType(name, aggregate);
            view.windows().forEach(window -> features.add(new Feature(view.feature(name, window), type)));
        });
        long[] reaches = view.windows().stream()
                .mapToLong(window -> Moments.plus(Moments.ceiling(view.delay()), Moments.floor(window.length())))
                .toArray();
        List<PartRows> parts = new ArrayList<>();
        byKnown(names).forEach((known, together) -> {
            Arguments arguments = new Arguments();
            together.forEach(name -> arguments.add(name, view.aggregates().get(name)));
            Measure[] measures = together.stream()
                    .map(name -> {
                        int[] places = new int[windows];
                        for (int i = 0; i < windows; i++) {
                            places[i] = before + names.indexOf(name) * windows + i;
                        }
                        return arguments.measure(name, view.aggregates().get(name), places);
                    })
                    .toArray(Measure[]::new);
            WindowPart part = new WindowPart(layout.place(arguments.types), measures, reaches);
            parts.add(new PartRows(source, keys, known, arguments.columns, Optional.of(part.longestReach()), part));
        });
        return parts;
    }

    /** The different arguments of aggregates: two of the same SQL travel once. */
    private final class Arguments {
        private final Map<List<Object>, Integer> places = new LinkedHashMap<>();
        private final List<DataType> types = new ArrayList<>();
        private final List<Column> columns = new ArrayList<>();

        void add(String name, Aggregate aggregate) {
            aggregate
                    .argument()
                    .ifPresent(sql -> places.computeIfAbsent(identity(aggregate), absent -> {
                        types.add(argumentType(name, aggregate));
                        columns.add(argument(name, aggregate));
                        return columns.size() - 1;
                    }));
        }

        Measure measure(String name, Aggregate aggregate, int[] features) {
            Integer place = aggregate.argument().isEmpty() ? null : places.get(identity(aggregate));
            return place == null
                    ? new Measure(aggregate.function(), -1, null, features)
                    : new Measure(aggregate.function(), place, valueOrder(name, types.get(place)), features);
        }

        private List<Object> identity(Aggregate aggregate) {
            return List.of(aggregate.argument().orElseThrow(), Use.of(aggregate.function()));
        }
    }

    /** What an aggregate needs of its argument. */
    private enum Use {
        PRESENCE,
        NUMBER,
        IDENTITY,
        VALUE;

        static Use of(Aggregate.Function function) {
            return switch (function) {
                case COUNT -> PRESENCE;
                case SUM, AVG, STDDEV -> NUMBER;
                case COUNT_DISTINCT -> IDENTITY;
                case MIN, MAX, FIRST, LAST, TIME_SINCE_LAST -> VALUE;
            };
        }
    }

    private DataType argumentType(String name, Aggregate aggregate) {
        return switch (Use.of(aggregate.function())) {
            case PRESENCE -> DataTypes.BooleanType;
            case NUMBER -> DataTypes.DoubleType;
            case IDENTITY, VALUE -> type(name);
        };
    }

    private Column argument(String name, Aggregate aggregate) {
        return switch (Use.of(aggregate.function())) {
            case PRESENCE -> when(column(name).isNotNull(), true);
            case NUMBER -> number(name, aggregate);
            case IDENTITY -> JoinKey.oneZero(column(name), type(name));
            case VALUE -> column(name);
        };
    }

    private Column number(String name, Aggregate aggregate) {
        if (!(type(name) instanceof NumericType)) {
            throw new SourceException("Cannot join view '%s': %s is of %s, not of numbers; cast it"
                    .formatted(source.view().name(), aggregate, type(name).simpleString()));
        }
        return column(name).cast(DataTypes.DoubleType);
    }

    private DataType resultType(String name, Aggregate aggregate) {
        return switch (aggregate.function()) {
            case COUNT, COUNT_DISTINCT -> DataTypes.LongType;
            case SUM, AVG, STDDEV, TIME_SINCE_LAST -> DataTypes.DoubleType;
            case MIN, MAX, FIRST, LAST -> type(name);
        };
    }

    private Map<Optional<String>, List<String>> byKnown(List<String> names) {
        Map<Optional<String>, List<String>> groups = new LinkedHashMap<>();
        for (String name : names) {
            Optional<String> known = Optional.ofNullable(source.knownAt().get(name));
            known.ifPresent(this::requireTimestamp);
            groups.computeIfAbsent(known, absent -> new ArrayList<>()).add(name);
        }
        return groups;
    }

    private ValueOrder order(String name) {
        return valueOrder(name, type(name));
    }

    private ValueOrder valueOrder(String name, DataType type) {
        return ValueOrder.of(type)
                .orElseThrow(() -> new SourceException(
                        "Cannot join view '%s': '%s' is of type %s, whose values have no order; take out what you need, or make it text with to_json"
                                .formatted(source.view().name(), name, type.simpleString())));
    }

    private void requireTimestamp(String name) {
        if (!(type(name) instanceof TimestampType)) {
            throw new SourceException("Cannot join view '%s': its time '%s' is of type %s; cast it to timestamp"
                    .formatted(source.view().name(), name, type(name).simpleString()));
        }
    }

    private Column column(String name) {
        return source.rows().col(quoted(found(name)));
    }

    private DataType type(String name) {
        return source.rows().schema().apply(found(name)).dataType();
    }

    private String found(String name) {
        return SourceColumns.of(source.view().source(), source.rows().schema())
                .require("join view '%s'".formatted(source.view().name()), name);
    }
}
