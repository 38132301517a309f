package io.trainyard.features.asof;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/** Decides which views are broadcast, which share a shuffle, and which keys are cut. */
final class Planner {

    private final SparkSession spark;
    private final AsOfSettings settings;
    private final ExampleColumns columns;
    private final Dataset<Row> examples;

    Planner(SparkSession spark, AsOfSettings settings, ExampleColumns columns, Dataset<Row> examples) {
        this.spark = spark;
        this.settings = settings;
        this.columns = columns;
        this.examples = examples;
    }

    List<Step> steps(List<ViewRows> views) {
        List<KeyedView> keyed = views.stream().map(this::keyed).toList();
        Sizes sizes = Sizes.of(examples, columns.timeColumn(), views);
        TimeRange range = sizes.range();
        Map<List<JoinKey>, List<KeyedView>> byKey = new LinkedHashMap<>();
        for (int i = 0; i < views.size(); i++) {
            KeyedView view = keyed.get(i).withCount(sizes.views().get(i));
            byKey.computeIfAbsent(view.keys(), absent -> new ArrayList<>()).add(view);
        }
        List<Step> steps = new ArrayList<>();
        List<Step> shuffles = new ArrayList<>();
        byKey.forEach((keys, ofKey) -> {
            List<KeyedView> shuffled = new ArrayList<>();
            for (KeyedView view : ofKey) {
                broadcast(view, range).ifPresentOrElse(steps::add, () -> shuffled.add(view));
            }
            if (!shuffled.isEmpty()) {
                shuffles.add(shuffle(keys, shuffled, range));
            }
        });
        // What is looked up adds columns to carry, so it comes last.
        shuffles.addAll(steps);
        return shuffles;
    }

    /** A view with its key, whose columns are in the order of the examples', so that views over the same ones meet. */
    private record KeyedView(ViewRows rows, List<JoinKey> keys, List<Column> columns, long count) {

        KeyedView withCount(long counted) {
            return new KeyedView(rows, keys, columns, counted);
        }

        String keyNames() {
            return rows.view().entity().stream().map(EntityColumn::example).collect(Collectors.joining(", "));
        }
    }

    private record KeyColumn(JoinKey key, Column column) {}

    /** Refuses, before anything runs, what cannot be joined. */
    private KeyedView keyed(ViewRows rows) {
        columns.requireFree(rows.view());
        List<KeyColumn> keys = rows.view().entity().stream()
                .map(entity -> keyColumn(rows, entity))
                .sorted(Comparator.comparingInt(column -> column.key().example()))
                .toList();
        List<Column> named = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            named.add(KeyColumns.declared(keys.get(i).column(), KeyColumns.name(i)));
        }
        ViewParts.of(rows, named, new EventLayout(), new ArrayList<>());
        return new KeyedView(rows, keys.stream().map(KeyColumn::key).toList(), named, 0);
    }

    private KeyColumn keyColumn(ViewRows rows, EntityColumn entity) {
        View view = rows.view();
        String name = SourceColumns.of(view.source(), rows.rows().schema())
                .require("join view '%s'".formatted(view.name()), entity.column());
        DataType type = rows.rows().schema().apply(name).dataType();
        int position = columns.position(view, entity.example());
        JoinKey key = JoinKey.of(view, entity, position, columns.type(position), type);
        return new KeyColumn(key, key.of(rows.rows().col(quoted(name))));
    }

    private Optional<Step> broadcast(KeyedView view, TimeRange range) {
        if (!(view.rows().view() instanceof View.Columns)
                || view.count() > settings.broadcastRows()
                || settings.broadcastRows() == 0
                || tooLarge(view.rows().rows())) {
            return Optional.empty();
        }
        EventLayout layout = new EventLayout();
        List<Feature> features = new ArrayList<>();
        List<PartRows> parts = ViewParts.of(view.rows(), view.columns(), layout, features);
        Dataset<Row> events = ShuffleStep.events(view.keys(), layout, range, parts);
        List<InternalRow> collected =
                SparkRows.collect(events.select(KeyColumns.together(KeyColumns.all(view.keys())), layout.together()));
        return Optional.of(
                new BroadcastStep(view.keys(), view.keyNames(), columns, layout, parts, features, collected));
    }

    /** As far as Spark can tell without looking; it is never told too little of files. */
    private boolean tooLarge(Dataset<Row> rows) {
        return rows.queryExecution()
                .optimizedPlan()
                .stats()
                .sizeInBytes()
                .$greater(scala.math.BigInt.apply(settings.broadcastBytes()));
    }

    private Step shuffle(List<JoinKey> keys, List<KeyedView> views, TimeRange range) {
        EventLayout layout = new EventLayout();
        List<Feature> features = new ArrayList<>();
        List<PartRows> parts = new ArrayList<>();
        long rows = range.examples();
        for (KeyedView view : views) {
            List<PartRows> ofView = ViewParts.of(view.rows(), view.columns(), layout, features);
            parts.addAll(ofView);
            rows += ofView.size() * view.count();
        }
        Optional<Slices> slices = hotKeys(keys, layout, parts, range).slices(rows);
        return new ShuffleStep(keys, views.get(0).keyNames(), columns, layout, range, parts, features, slices, rows);
    }

    private HotKeys hotKeys(List<JoinKey> keys, EventLayout layout, List<PartRows> parts, TimeRange range) {
        return new HotKeys(
                spark,
                keys,
                () -> moments(keys, layout, parts, range),
                settings,
                settings.slices().isPresent() ? 0 : PartRows.longestReach(parts));
    }

    private Dataset<Row> moments(List<JoinKey> keys, EventLayout layout, List<PartRows> parts, TimeRange range) {
        List<Column> ofExamples = new ArrayList<>(KeyColumns.ofExamples(keys));
        ofExamples.add(columns.timeColumn().as("counts"));
        List<Column> ofEvents = new ArrayList<>(KeyColumns.all(keys));
        ofEvents.add(
                when(col("visible").notEqual(lit(Event.ALWAYS)), col("visible")).as("counts"));
        return examples.select(ofExamples.toArray(Column[]::new))
                .union(ShuffleStep.events(keys, layout, range, parts).select(ofEvents.toArray(Column[]::new)));
    }
}
