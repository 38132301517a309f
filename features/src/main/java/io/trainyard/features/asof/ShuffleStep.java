package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * All views over one key in one shuffle: examples and events meet by key, each sorted by time, and are walked side by side.
 *
 * @param slices where some keys are cut
 */
record ShuffleStep(
        List<JoinKey> keys,
        String keyNames,
        ExampleColumns columns,
        EventLayout layout,
        TimeRange range,
        List<PartRows> parts,
        List<Feature> features,
        Optional<Slices> slices)
        implements Step {

    static Dataset<Row> events(List<JoinKey> keys, EventLayout layout, TimeRange range, List<PartRows> parts) {
        return union(IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i).events(keys, layout, range, i))
                .toList());
    }

    @Override
    public Dataset<Row> join(Dataset<Row> examples) {
        TimeOrder order = TimeOrder.of(range, longestReach());
        Dataset<Row> keyed = keyedExamples(examples);
        Dataset<Row> events = slicedEvents();
        KeyMerge merge = new KeyMerge(
                parts.stream().map(PartRows::part).toArray(Part[]::new),
                order.bits(),
                columns.time(),
                examples.columns().length,
                keys.size() + (slices.isPresent() ? 1 : 0),
                layout.keyPosition(),
                features.size());
        return sorted(ordered(order, keyed).union(ordered(order, keyed, events)), order)
                .mapPartitions(merge, Encoders.row(joinedSchema(examples.schema())));
    }

    @Override
    public String describe() {
        String views = parts.stream().map(part -> part.view().name()).distinct().collect(Collectors.joining(", "));
        return "by %s: one shuffle for %s%s"
                .formatted(
                        keyNames,
                        views,
                        slices.map(cut -> "; " + cut.describe()).orElse(""));
    }

    private Dataset<Row> keyedExamples(Dataset<Row> examples) {
        Dataset<Row> keyed = examples;
        List<Column> ofExamples = KeyColumns.ofExamples(keys);
        for (int i = 0; i < keys.size(); i++) {
            keyed = keyed.withColumn(KeyColumns.name(i), ofExamples.get(i));
        }
        return slices.isPresent() ? slices.get().examples(keyed, columns.timeColumn()) : keyed;
    }

    private Dataset<Row> slicedEvents() {
        if (slices.isEmpty()) {
            return events(keys, layout, range, parts);
        }
        return union(IntStream.range(0, parts.size())
                .mapToObj(i -> slices.get().events(parts.get(i).events(keys, layout, range, i), parts.get(i)))
                .toList());
    }

    private long longestReach() {
        return parts.stream()
                .map(PartRows::part)
                .mapToLong(part -> part instanceof WindowPart windows ? windows.longestReach() : 0)
                .max()
                .orElse(0);
    }

    /** Examples as {@link KeyMerge} takes them. */
    private Dataset<Row> ordered(TimeOrder order, Dataset<Row> examples) {
        // What matches nothing need not be in one place: a null key of many examples is no hot key.
        List<Column> hashed = hashed();
        hashed.add(when(not(KeyColumns.match(keys)), columns.timeColumn()));
        return examples.select(
                order.ofExample(hash(hashed), columns.timeColumn()),
                all(examples).as("example"),
                lit(null).cast(eventType()).as("event"));
    }

    private Dataset<Row> ordered(TimeOrder order, Dataset<Row> examples, Dataset<Row> events) {
        return events.select(
                order.ofEvent(hash(hashed()), col("visible")),
                lit(null).cast(examples.schema()).as("example"),
                all(events).as("event"));
    }

    private Dataset<Row> sorted(Dataset<Row> rows, TimeOrder order) {
        Dataset<Row> partitioned = rows.repartition(order.bucket());
        if (order.exact()) {
            return partitioned.sortWithinPartitions(TimeOrder.ORDER);
        }
        return partitioned.sortWithinPartitions(
                col(TimeOrder.ORDER),
                coalesce(
                        col("event.visible"), col("example." + ExampleColumns.name(columns.time())), lit(Event.ALWAYS)),
                col("event").isNull());
    }

    private StructType eventType() {
        StructType type = layout.schema(keys);
        return slices.isPresent() ? type.add(Slices.SLICE, DataTypes.IntegerType) : type;
    }

    private List<Column> hashed() {
        List<Column> hashed = new ArrayList<>(KeyColumns.all(keys));
        if (slices.isPresent()) {
            hashed.add(col(Slices.SLICE));
        }
        return hashed;
    }

    private static Column hash(List<Column> columns) {
        return xxhash64(columns.toArray(Column[]::new));
    }

    private static Column all(Dataset<Row> rows) {
        return struct(Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new));
    }

    private StructType joinedSchema(StructType examples) {
        StructType joined = examples;
        for (Feature feature : features) {
            joined =
                    joined.add(new StructField(feature.name(), feature.carried().packedType(), true, Metadata.empty()));
        }
        return joined;
    }

    private static Dataset<Row> union(List<Dataset<Row>> parts) {
        return parts.stream().reduce(Dataset::union).orElseThrow();
    }
}
