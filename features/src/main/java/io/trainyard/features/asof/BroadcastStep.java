package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;

/**
 * A small view of columns, sent to every executor: the examples stay where they are.
 *
 * @param events all of the view's, few enough for the driver
 */
record BroadcastStep(
        List<JoinKey> keys,
        String keyNames,
        ExampleColumns columns,
        List<PartRows> parts,
        List<Feature> features,
        StructType eventSchema,
        List<Row> events)
        implements Step {

    private static final String FOUND = "found";

    @Override
    public Dataset<Row> join(Dataset<Row> examples) {
        List<Column> input = new ArrayList<>(KeyColumns.ofExamples(keys));
        input.add(columns.timeColumn().as("time"));
        StructType output = new StructType();
        for (Feature feature : features) {
            output = output.add(feature.name(), feature.carried().packedType());
        }
        // Not deterministic, as Spark sees it, so that it is called once a row and not once a feature.
        Column found = udf(lookup(examples), output).asNondeterministic().apply(struct(input.toArray(Column[]::new)));
        List<Column> all = new ArrayList<>();
        for (String column : examples.columns()) {
            all.add(col(column));
        }
        features.forEach(feature -> all.add(col(FOUND + "." + feature.name()).as(feature.name())));
        return examples.withColumn(FOUND, found).select(all.toArray(Column[]::new));
    }

    @Override
    public String describe() {
        return "by %s: no shuffle, since %s is small: its %,d rows are sent to every executor"
                .formatted(keyNames, parts.get(0).view().name(), events.size());
    }

    private UDF1<Row, Row> lookup(Dataset<Row> examples) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(examples.sparkSession().sparkContext());
        Broadcast<List<Map<Key, Timeline>>> timelines = context.broadcast(timelines());
        NewestPart[] newest =
                parts.stream().map(part -> (NewestPart) part.part()).toArray(NewestPart[]::new);
        int keyCount = keys.size();
        int featureCount = features.size();
        return example -> {
            Key key = Key.of(example, 0, keyCount);
            long time = example.isNullAt(keyCount) ? Event.ALWAYS : example.getLong(keyCount);
            Object[] found = new Object[featureCount];
            for (int i = 0; i < newest.length; i++) {
                Timeline timeline = timelines.value().get(i).get(key);
                if (timeline != null) {
                    timeline.write(newest[i], time, found);
                }
            }
            return RowFactory.create(found);
        };
    }

    private List<Map<Key, Timeline>> timelines() {
        List<Map<Key, List<Event>>> grouped = new ArrayList<>();
        parts.forEach(part -> grouped.add(new HashMap<>()));
        int firstKey = eventSchema.size() - keys.size();
        for (Row row : events) {
            grouped.get(row.getInt(Event.PART))
                    .computeIfAbsent(Key.of(row, firstKey, keys.size()), absent -> new ArrayList<>())
                    .add(Event.of(row));
        }
        List<Map<Key, Timeline>> timelines = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            NewestPart part = (NewestPart) parts.get(i).part();
            Map<Key, Timeline> ofPart = new HashMap<>();
            grouped.get(i).forEach((key, ofKey) -> ofPart.put(key, Timeline.of(part, ofKey)));
            timelines.add(ofPart);
        }
        return timelines;
    }
}
