package io.trainyard.features.asof;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * All views over one key in one shuffle: examples and events meet by key, each sorted by time, and are walked side by side.
 *
 * @param slices where some keys are cut
 * @param rows of examples and of views, more than that are not moved but for slices
 */
record ShuffleStep(
        List<JoinKey> keys,
        String keyNames,
        ExampleColumns columns,
        EventLayout layout,
        TimeRange range,
        List<PartRows> parts,
        List<Feature> features,
        Optional<Slices> slices,
        long rows)
        implements Step {

    private static final long ROWS_OF_PARTITION = 200_000;
    private static final long BYTES_OF_PARTITION = 128 << 20;
    private static final long FEW_ROWS = 10_000;
    private static final int MOST_PARTITIONS = 4000;

    static Dataset<Row> events(List<JoinKey> keys, EventLayout layout, TimeRange range, List<PartRows> parts) {
        return union(IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i).events(keys, layout, range, i))
                .toList());
    }

    @Override
    public Dataset<Row> join(Dataset<Row> examples) {
        TimeOrder order = TimeOrder.of(range, PartRows.longestReach(parts));
        Dataset<Row> keyed = keyedExamples(examples);
        Dataset<Row> events = slicedEvents();
        SharedRow row = sharedRow(examples.schema(), order);
        KeyMerge merge = new KeyMerge(
                parts.stream().map(PartRows::part).toArray(Part[]::new),
                parts.stream().map(row::reader).toArray(EventReader[]::new),
                row.key(),
                row.time(),
                order.bits(),
                features.size());
        Dataset<Row> rows = row.examples(keyed, order.ofExample(hashOfExample(), columns.timeColumn()))
                .union(row.events(events, order.ofEvent(hash(keyColumns()), col("visible"))));
        Dataset<Row> joined =
                SparkRows.mapPartitions(sorted(rows, order), merge, Feature.added(rows.schema(), features));
        List<Column> restored = new ArrayList<>(row.restored());
        features.forEach(feature -> restored.add(col(quoted(feature.name()))));
        return joined.select(restored.toArray(Column[]::new));
    }

    @Override
    public String describe() {
        String reached =
                parts.stream().map(part -> part.reach(range)).distinct().collect(Collectors.joining(", "));
        return "by %s: one shuffle joins %,d examples with %s; %s"
                .formatted(
                        keyNames,
                        range.examples(),
                        reached,
                        slices.map(Slices::describe).orElse("no key has so many rows that it is cut"));
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

    private SharedRow sharedRow(StructType examples, TimeOrder order) {
        boolean known = parts.stream().anyMatch(part -> part.known().isPresent());
        SharedRow row = new SharedRow(examples, columns.time()).withKeys(keys).withEvents(layout, known);
        if (slices.isPresent()) {
            row.withSlices();
        }
        return order.exact() ? row : row.withMoments(columns.timeColumn());
    }

    /** What matches nothing need not be in one place: a null key of many examples is no hot key. */
    private Column hashOfExample() {
        List<Column> hashed = keyColumns();
        hashed.add(when(not(KeyColumns.match(keys)), columns.timeColumn()));
        return hash(hashed);
    }

    private Dataset<Row> sorted(Dataset<Row> moved, TimeOrder order) {
        Dataset<Row> partitioned = moved.repartition(partitions(moved), order.bucket());
        return order.exact()
                ? partitioned.sortWithinPartitions(TimeOrder.ORDER)
                : partitioned.sortWithinPartitions(
                        col(TimeOrder.ORDER),
                        col(SharedRow.MOMENT),
                        col(SharedRow.PART).isNull());
    }

    /** So many that each is sorted in a processor's cache, and all slots have work. */
    private int partitions(Dataset<Row> moved) {
        int slots = moved.sparkSession().sparkContext().defaultParallelism();
        long rowsEach =
                Math.min(ROWS_OF_PARTITION, BYTES_OF_PARTITION / moved.schema().defaultSize());
        long wanted = Math.max(rows / Math.max(1, rowsEach), Math.min(slots, rows / FEW_ROWS));
        long even = (wanted + slots - 1) / slots * slots;
        return (int) Math.max(1, wanted <= slots ? wanted : Math.min(even, Math.max(slots, MOST_PARTITIONS)));
    }

    private List<Column> keyColumns() {
        List<Column> all = new ArrayList<>(KeyColumns.all(keys));
        if (slices.isPresent()) {
            all.add(col(Slices.SLICE));
        }
        return all;
    }

    private static Column hash(List<Column> columns) {
        return xxhash64(columns.toArray(Column[]::new));
    }

    private static Dataset<Row> union(List<Dataset<Row>> parts) {
        return parts.stream().reduce(Dataset::union).orElseThrow();
    }
}
