package io.trainyard.features.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats of files that can be a source. */
public enum FileFormat {
    PARQUET,
    CSV,
    JSON,
    ORC,
    AVRO,
    DELTA;

    private static final Set<String> COMPRESSIONS = Set.of("gz", "bz2", "zst", "lz4", "snappy", "deflate");

    /** Spark's name of the format, which is also how a pipeline declares it. */
    public String spark() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that a file's name tells, looking past compression: {@code a.csv.gz} is CSV. */
    public static Optional<FileFormat> ofFileName(String name) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (dot > 0 && COMPRESSIONS.contains(extension)) {
            return ofFileName(name.substring(0, dot));
        }
        return switch (extension) {
            case "parquet" -> Optional.of(PARQUET);
            case "csv" -> Optional.of(CSV);
            case "json", "jsonl", "ndjson" -> Optional.of(JSON);
            case "orc" -> Optional.of(ORC);
            case "avro" -> Optional.of(AVRO);
            default -> Optional.empty();
        };
    }

    /** All names that a pipeline can declare, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(FileFormat::spark).collect(Collectors.joining(", "));
    }
}
