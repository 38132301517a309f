package io.trainyard.features.asof;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds keys with too many rows for one task, examples and events together, and where to cut them.
 *
 * @param moments gives the keys of all rows, and as {@code counts} when they count, null where they always do
 * @param shortest a slice no shorter than this, in microseconds, has few events from before it copied into it
 */
record HotKeys(
        SparkSession spark, List<JoinKey> keys, Supplier<Dataset<Row>> moments, AsOfSettings settings, long shortest) {

    /** Keys with more than 1/1000 of all rows are certain to be found. */
    private static final int SKETCH = 4096;

    private static final int MOST_SLICES = 64;

    /** Stands for all keys that match nothing. */
    private static final long NO_KEY = 0;

    /** Empty where no key is worth cutting, of so many rows of all keys together. */
    Optional<Slices> slices(long rows) {
        if (settings.slices().isPresent()) {
            int count = settings.slices().getAsInt();
            return Optional.of(cut(moments.get().filter(KeyColumns.match(keys)), count, 0));
        }
        // A hot key among so few is most of them, and looking for it takes a good part of what cutting it could save.
        if (rows <= 2 * settings.hotKeyRows()) {
            return Optional.empty();
        }
        Dataset<Row> all = moments.get();
        List<Long> frequent = frequent(all);
        if (frequent.isEmpty()) {
            return Optional.empty();
        }
        Dataset<Row> hot = all.filter(hash().isin(frequent.toArray())).filter(KeyColumns.match(keys));
        return Optional.of(cut(hot, MOST_SLICES, settings.hotKeyRows())).filter(cut -> cut.hotKeys() > 0);
    }

    /** Hashes of keys that may have more rows than a hot key needs. */
    private List<Long> frequent(Dataset<Row> rows) {
        MapPartitionsFunction<Long, byte[]> sketched = hashes -> {
            LongsSketch sketch = new LongsSketch(SKETCH);
            hashes.forEachRemaining(sketch::update);
            return List.of(sketch.toByteArray()).iterator();
        };
        LongsSketch merged = new LongsSketch(SKETCH);
        rows
                .select(hash().as("hash"))
                .as(Encoders.LONG())
                .mapPartitions(sketched, Encoders.BINARY())
                .collectAsList()
                .stream()
                .map(bytes -> LongsSketch.getInstance(Memory.wrap(bytes)))
                .forEach(merged::merge);
        return Arrays.stream(merged.getFrequentItems(settings.hotKeyRows(), ErrorType.NO_FALSE_NEGATIVES))
                .map(LongsSketch.Row::getItem)
                .toList();
    }

    private Column hash() {
        return when(KeyColumns.match(keys), xxhash64(KeyColumns.all(keys).toArray(Column[]::new)))
                .otherwise(lit(NO_KEY));
    }

    /** The cuts of each key with more than so many rows. */
    private Slices cut(Dataset<Row> rows, int most, long hotRows) {
        String fractions =
                IntStream.range(1, most).mapToObj(i -> (double) i / most + "D").collect(Collectors.joining(", "));
        List<Row> cuts = rows.groupBy(KeyColumns.all(keys).toArray(Column[]::new))
                .agg(
                        count(lit(1)).as("rows"),
                        expr("percentile_approx(counts, array(%s))".formatted(fractions))
                                .as("quantiles"))
                .filter(col("rows").gt(lit(hotRows)).and(col("quantiles").isNotNull()))
                .collectAsList();
        List<Row> bounded = new ArrayList<>();
        for (Row row : cuts) {
            int slices = hotRows == 0 ? most : (int) Math.min(most, 1 + row.<Long>getAs("rows") / hotRows);
            List<Long> bounds = bounds(row.getList(row.fieldIndex("quantiles")), slices);
            if (!bounds.isEmpty()) {
                bounded.add(withBounds(row, bounds));
            }
        }
        return new Slices(keys, spark.createDataFrame(bounded, schema()), bounded.size());
    }

    private List<Long> bounds(List<Long> quantiles, int slices) {
        List<Long> bounds = new ArrayList<>();
        for (int slice = 1; slice < slices; slice++) {
            long bound = quantiles.get((quantiles.size() + 1) * slice / slices - 1);
            long least = bounds.isEmpty()
                    ? Long.MIN_VALUE
                    : Moments.plus(bounds.get(bounds.size() - 1), Math.max(1, shortest));
            if (bound >= least) {
                bounds.add(bound);
            }
        }
        return bounds;
    }

    private Row withBounds(Row row, List<Long> bounds) {
        Object[] cut = new Object[keys.size() + 1];
        for (int i = 0; i < keys.size(); i++) {
            cut[i] = row.get(i);
        }
        cut[keys.size()] = bounds;
        return RowFactory.create(cut);
    }

    private StructType schema() {
        StructType schema = new StructType();
        for (int i = 0; i < keys.size(); i++) {
            schema = schema.add(Slices.cutKey(i), keys.get(i).type());
        }
        return schema.add(Slices.BOUNDS, DataTypes.createArrayType(DataTypes.LongType));
    }
}
