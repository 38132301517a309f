package io.trainyard.jobs;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.storage.WarehouseStorage;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A folder with a pipeline file, its data and its warehouse, as a user has it. */
public record Workspace(Path folder) {
    /** What every pipeline on orders has in common; a test adds its label, search and gates. */
    private static final String HEAD = """
            version: 1
            name: orders
            sources:
              orders: data/orders
              new_orders: data/new_orders
            score: {rows: new_orders, to: predictions}
            """;

    /** Writes a pipeline on orders. */
    public Path pipeline(String sections) throws IOException {
        return Files.writeString(file(), HEAD + sections);
    }

    public Path file() {
        return folder.resolve("pipeline.yaml");
    }

    /** Appends orders to train on, in so many files. */
    public void addOrders(SparkSession spark, List<Row> rows, int files) {
        Orders.frame(spark, rows)
                .repartition(files)
                .write()
                .mode(SaveMode.Append)
                .parquet(folder.resolve("data/orders").toString());
    }

    /** Writes orders to score, which have no label yet. */
    public void newOrders(SparkSession spark, List<Row> rows) {
        Orders.frame(spark, rows)
                .drop("returned", "status", "days")
                .write()
                .parquet(folder.resolve("data/new_orders").toString());
    }

    public Path warehouse() {
        return folder.resolve("warehouse");
    }

    public ModelRegistry registry() throws IOException {
        return catalog().registry();
    }

    /** The trials of the newest study; none where there is no study yet. */
    public List<Trial> trials() throws IOException {
        List<Catalog.StudyView> studies = catalog().studies();
        return studies.isEmpty()
                ? List.of()
                : studies.get(studies.size() - 1).history().finished();
    }

    /** A file of a version's bundle. */
    public byte[] bundled(ModelVersion version, String file) throws IOException {
        Path target = folder.resolve("bundle-" + UUID.randomUUID());
        registry().fetch(version, target);
        return Files.readAllBytes(target.resolve(file));
    }

    private Catalog catalog() {
        Pipeline pipeline = PipelineFile.load(file(), Optional.empty(), List.of(), Map.of());
        return new Catalog(pipeline, WarehouseStorage.of(new Configuration()), Map.of(), Clock.systemUTC());
    }
}
