package io.trainyard.features.asof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/**
 * A small view of columns, sent to every executor: the examples stay where they are.
 *
 * @param events all of the view's, each after its key, few enough for the driver
 */
record BroadcastStep(
        List<JoinKey> keys,
        String keyNames,
        ExampleColumns columns,
        EventLayout layout,
        List<PartRows> parts,
        List<Feature> features,
        List<InternalRow> events)
        implements Step {

    private static final int KEY = 0;
    private static final int OTHER = 1;

    @Override
    public Dataset<Row> join(Dataset<Row> examples) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(examples.sparkSession().sparkContext());
        Lookup lookup = new Lookup(
                context.broadcast(timelines()),
                parts.stream().map(part -> (NewestPart) part.part()).toArray(NewestPart[]::new),
                keys.size(),
                examples.columns().length,
                columns.time(),
                features.size());
        Dataset<Row> keyed = examples.select(
                KeyColumns.together(KeyColumns.ofExamples(keys)), ExampleColumns.together(examples.columns()));
        return SparkRows.mapPartitions(keyed, lookup, Feature.added(examples.schema(), features));
    }

    @Override
    public String describe() {
        return "by %s: no shuffle, since %s is small: its %,d rows are sent to every executor"
                .formatted(keyNames, parts.get(0).view().name(), events.size());
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, read for every row
    private record Lookup(
            Broadcast<List<Map<InternalRow, Timeline>>> timelines,
            NewestPart[] parts,
            int keyColumns,
            int exampleColumns,
            int time,
            int features)
            implements SparkRows.Walk {

        @Override
        public Iterator<InternalRow> over(Iterator<InternalRow> rows) {
            JoinedRow joined = new JoinedRow();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public InternalRow next() {
                    InternalRow row = rows.next();
                    InternalRow example = row.getStruct(OTHER, exampleColumns);
                    return joined.apply(example, found(row.getStruct(KEY, keyColumns), example));
                }
            };
        }

        private InternalRow found(InternalRow key, InternalRow example) {
            long now = example.isNullAt(time) ? Event.ALWAYS : example.getLong(time);
            Object[] found = new Object[features];
            for (int i = 0; i < parts.length; i++) {
                Timeline timeline = timelines.value().get(i).get(key);
                if (timeline != null) {
                    timeline.write(parts[i], now, found);
                }
            }
            return new GenericInternalRow(found);
        }
    }

    private List<Map<InternalRow, Timeline>> timelines() {
        List<Map<InternalRow, List<Event>>> grouped = new ArrayList<>();
        parts.forEach(part -> grouped.add(new HashMap<>()));
        List<EventReader> readers = parts.stream()
                .map(part -> new EventReader(
                        Event.TIME, Event.VISIBLE, part.delay(), part.part().values()))
                .toList();
        int eventColumns = layout.schema().size();
        for (InternalRow row : events) {
            InternalRow event = row.getStruct(OTHER, eventColumns);
            int part = event.getInt(Event.PART);
            grouped.get(part)
                    .computeIfAbsent(row.getStruct(KEY, keys.size()), absent -> new ArrayList<>())
                    .add(readers.get(part).of(event));
        }
        List<Map<InternalRow, Timeline>> timelines = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            NewestPart part = (NewestPart) parts.get(i).part();
            Map<InternalRow, Timeline> ofPart = new HashMap<>();
            grouped.get(i).forEach((key, ofKey) -> ofPart.put(key, Timeline.of(part, ofKey)));
            timelines.add(ofPart);
        }
        return timelines;
    }
}
