package io.trainyard.features.profile;

import io.trainyard.features.source.NearestName;
import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Profiles tables in one pass: every partition by itself, on rows as Spark keeps them, then pairwise until one is left, so that the driver
 * takes in a few profiles whatever the number of partitions.
 */
public final class Profiles {

    private Profiles() {}

    /** Of all columns that can be profiled: numbers, dates, timestamps, texts and truth values. */
    public static Profile of(Dataset<Row> rows) {
        List<String> columns = Arrays.stream(rows.schema().fields())
                .filter(field -> isProfiled(field.dataType()))
                .map(StructField::name)
                .toList();
        return of(rows, columns);
    }

    /**
     * Of some columns.
     *
     * @param columns as the rows spell them
     * @throws SourceException if one is missing, or of a type that cannot be profiled
     */
    public static Profile of(Dataset<Row> rows, List<String> columns) {
        Map<String, String> names = new LinkedHashMap<>();
        columns.forEach(column -> names.put(column, column));
        return of(rows, names);
    }

    /**
     * Of some columns, under names of any kind.
     *
     * @param columns by the name that each has in the profile, in its order
     * @throws SourceException as above
     */
    public static Profile of(Dataset<Row> rows, Map<String, String> columns) {
        StructType schema = rows.schema();
        columns.values().forEach(column -> requireProfiled(column, schema));
        Dataset<Row> chosen = rows.select(columns.values().stream()
                .map(column -> rows.col(SourceColumns.quoted(column)))
                .toArray(Column[]::new));
        Partition partition = new Partition(List.copyOf(columns.keySet()), chosen.schema());
        JavaRDD<InternalRow> plain = chosen.queryExecution().toRdd().toJavaRDD();
        if (plain.getNumPartitions() == 0) {
            return partition.profile(List.<InternalRow>of().iterator());
        }
        // Bytes, since a serializer other than Java's may be set, and may not know records.
        JavaRDD<byte[]> parts = plain.mapPartitions(
                walked -> List.of(bytes(partition.profile(walked))).iterator());
        return profile(parts.treeReduce((one, other) -> bytes(profile(one).merge(profile(other)))));
    }

    private static void requireProfiled(String column, StructType schema) {
        StructField field = Arrays.stream(schema.fields())
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new SourceException("Cannot profile column '%s': not found%s"
                        .formatted(column, NearestName.hint(column, List.of(schema.fieldNames())))));
        if (!isProfiled(field.dataType())) {
            throw new SourceException(
                    "Cannot profile column '%s' of type %s: numbers, dates, timestamps, texts and booleans can be; leave it out"
                            .formatted(column, field.dataType().sql()));
        }
    }

    private static Optional<ColumnProfiler> profiler(String name, DataType type) {
        if (type instanceof StringType) {
            return Optional.of(new TextProfiler(name));
        }
        if (type instanceof BooleanType) {
            return Optional.of(new BooleanProfiler(name));
        }
        return NumberReader.of(type).map(reader -> new NumberProfiler(name, NumberReader.scale(type), reader));
    }

    private static boolean isProfiled(DataType type) {
        return profiler("", type).isPresent();
    }

    /** The rows of one partition. */
    private record Partition(List<String> names, StructType schema) implements Serializable {

        Profile profile(Iterator<InternalRow> rows) {
            ColumnProfiler[] profilers = IntStream.range(0, names.size())
                    .mapToObj(column -> profiler(names.get(column), schema.fields()[column].dataType())
                            .orElseThrow())
                    .toArray(ColumnProfiler[]::new);
            long count = 0;
            while (rows.hasNext()) {
                InternalRow row = rows.next();
                for (int column = 0; column < profilers.length; column++) {
                    profilers[column].add(row, column);
                }
                count++;
            }
            return new Profile(
                    count, Arrays.stream(profilers).map(ColumnProfiler::profile).toList());
        }
    }

    private static byte[] bytes(Profile profile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it goes to memory
        }
        return bytes.toByteArray();
    }

    private static Profile profile(byte[] bytes) {
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Profile) objects.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("A profile of a partition cannot be read: " + e.getMessage(), e);
        }
    }
}
