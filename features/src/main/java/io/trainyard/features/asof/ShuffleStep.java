package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
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
        KeyMerge merge = new KeyMerge(
                parts.stream().map(PartRows::part).toArray(Part[]::new),
                columns.time(),
                examples.columns().length,
                features.size());
        return byKey(slicedExamples(examples), KeyColumns.ofExamples(keys))
                .cogroupSorted(
                        byKey(slicedEvents(), KeyColumns.all(keys)),
                        new Column[] {columns.timeColumn()},
                        new Column[] {col("visible")},
                        merge,
                        Encoders.row(joinedSchema(examples.schema())));
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

    private Dataset<Row> slicedExamples(Dataset<Row> examples) {
        return slices.map(cut -> cut.examples(examples, columns.timeColumn())).orElse(examples);
    }

    private Dataset<Row> slicedEvents() {
        if (slices.isEmpty()) {
            return events(keys, layout, range, parts);
        }
        return union(IntStream.range(0, parts.size())
                .mapToObj(i -> slices.get().events(parts.get(i).events(keys, layout, range, i), parts.get(i)))
                .toList());
    }

    private KeyValueGroupedDataset<Row, Row> byKey(Dataset<Row> rows, List<Column> keyColumns) {
        List<Column> grouping = new ArrayList<>(keyColumns);
        StructType schema = KeyColumns.append(new StructType(), keys);
        if (slices.isPresent()) {
            grouping.add(KeyColumns.declared(col(Slices.SLICE), "cut"));
            schema = schema.add("cut", DataTypes.IntegerType);
        }
        Encoder<Row> key = Encoders.row(schema);
        return rows.groupBy(grouping.toArray(Column[]::new)).as(key, Encoders.row(rows.schema()));
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
