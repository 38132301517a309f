package io.trainyard.features.build;

import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.source.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Files and training sets in the folder of one test. */
record TestPipeline(SparkSession spark, Path folder) {

    Path tables() {
        return folder.resolve("tables");
    }

    Path write(String name, String header, List<String> lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(
                file, Stream.concat(Stream.of(header), lines.stream()).toList());
    }

    Result build(Fraud fraud) {
        return build(fraud, Optional.empty());
    }

    Result build(Fraud fraud, String asOf) {
        return build(fraud, Optional.of(Instant.parse(asOf)));
    }

    FeatureStore store() {
        return new FeatureStore(
                spark,
                ZoneOffset.UTC,
                new FeatureFolders(
                        folder.resolve("features").toString(),
                        folder.resolve("materialized").toString(),
                        folder.resolve("quarantine").toString()),
                new SourceReader(spark, ZoneOffset.UTC));
    }

    List<String> json(Result result) {
        return result.set().rows(spark).toJSON().collectAsList();
    }

    /** Forty lines of one pattern, whose {@code %d} is their number, and whatever else. */
    static List<String> forty(String pattern, String... others) {
        return Stream.concat(IntStream.range(0, 40).mapToObj(pattern::formatted), Stream.of(others))
                .toList();
    }

    private Result build(Fraud fraud, Optional<Instant> asOf) {
        return new TrainingSetBuilder(spark, ZoneOffset.UTC, tables().toString(), store())
                .build(fraud.definition(), asOf, examples -> {});
    }
}
