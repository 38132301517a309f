package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.version.Commit;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A pipeline whose build makes two feature tables and a training set, to be looked at while and after it is killed. */
record BuiltOrders(SparkSession spark, Workspace workspace) {
    private static final List<String> TABLES = List.of("features/by_country", "features/by_items", "training/orders");

    static BuiltOrders in(Path folder, SparkSession spark, int rows) throws IOException {
        Workspace made = new Workspace(folder);
        made.addOrders(spark, Orders.rows(0, rows), 3);
        Files.writeString(made.file(), """
                name: orders
                sources:
                  orders: {path: data/orders, event_time: ordered}
                views:
                  by_country:
                    source: orders
                    entity: country
                    windows: [1 day, 7 days]
                    aggregate: {count: count(*), amount: avg(amount)}
                  by_items:
                    source: orders
                    entity: items
                    columns: [amount, member]
                training:
                  rows: orders
                  key: order_id
                  label: returned
                  drop: [status, days]
                  views: [by_country, by_items]
                """);
        return new BuiltOrders(spark, made);
    }

    /** Builds, or finishes building, in this process. */
    void finish() {
        Program.Answer answer = Program.run("dataset", "build", workspace.file());
        assertThat(answer.code()).as(answer.err()).isZero();
    }

    /** What can be read is a version of which not a row is missing. */
    void requireWhole() {
        for (String name : TABLES) {
            VersionedTable table = table(name);
            Optional<Commit> current = table.current();
            current.map(Commit::table)
                    .ifPresent(
                            version -> assertThat(table.read(version.version()).count())
                                    .as(name)
                                    .isEqualTo(version.rows()));
        }
    }

    void requireOneVersionEach() {
        for (String name : TABLES) {
            assertThat(table(name).history()).as(name).hasSize(1);
        }
    }

    private VersionedTable table(String name) {
        return new VersionedTable(spark, workspace.warehouse().resolve(name).toString());
    }

    List<String> trainingRows() {
        return table("training/orders").read(0).sort("_key").toJSON().collectAsList();
    }

    /** How many files of tables there are by now. */
    long files() {
        try (Stream<Path> all = Files.walk(workspace.warehouse())) {
            return all.filter(path -> path.toString().endsWith(".parquet")
                            || path.toString().endsWith(".json"))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // not there yet, or a temporary file went while the folder was listed: asked again at once
        }
    }
}
