package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.FeatureTable.Change;
import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.version.Pins;
import io.trainyard.features.version.Vacuum;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a model was trained on stays as it was, whatever is built, compacted and vacuumed after. */
@ExtendWith(SparkExtension.class)
class PinnedTrainingSetTest {
    private static final int FIRST = 60;
    private static final int STEP = 10;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    PinnedTrainingSetTest(SparkSession spark) {
        this.spark = spark;
    }

    @Tag("slow")
    @Test
    void staysAsItWasAfterThreeBuilds() {
        staysAsItWas(3);
    }

    @Test
    @Tag("slow")
    void staysAsItWasAfterFiftyBuilds() {
        staysAsItWas(50);
    }

    private void staysAsItWas(int builds) {
        pay(0, FIRST);
        Result first = build();
        String digest = digest(first);
        Result last = first;
        for (int build = 0; build < builds; build++) {
            pay(FIRST + STEP * build, STEP);
            last = build();
            assertThat(last.reused()).isFalse();
            assertThat(last.tables()).extracting(FeatureTable::change).containsExactly(Change.EXTENDED);
        }
        String lastDigest = digest(last);
        String table = first.set().table().path();
        String features = first.tables().get(0).commit().table().path();

        for (String path : List.of(table, features)) {
            DeltaTable.forPath(spark, path).optimize().executeCompaction();
        }
        Vacuum.Result ofTable = vacuum(table);
        Vacuum.Result ofFeatures = vacuum(features);

        assertThat(digest(first)).as("the first training set").isEqualTo(digest);
        assertThat(digest(last)).as("the last training set").isEqualTo(lastDigest);
        Pins.of(spark, table).verify();
        assertThat(ofTable.kept()).as("all training sets are pinned").hasSizeGreaterThan(builds);
        assertThat(ofFeatures.kept()).as("no feature table is").hasSize(1);
        assertThat(ofFeatures.files()).isGreaterThan(builds);
        assertThatThrownBy(() -> store().read("customer", 0).collectAsList())
                .hasStackTraceContaining("FileNotFoundException");
        assertGoesOn(last, builds);
    }

    /** The rows of the current version are in the compacted files now, which is where the next builds find them. */
    private void assertGoesOn(Result last, int builds) {
        FeatureTable found = store().build(view(), Optional.empty());
        assertThat(found.change()).isEqualTo(Change.REUSED);
        assertThat(found.rows(spark).rows().count()).isEqualTo(FIRST + (long) STEP * builds);
        assertThat(build().set().table()).isEqualTo(last.set().table());

        pay(FIRST + STEP * builds, STEP);
        Result next = build();

        assertThat(next.tables()).extracting(FeatureTable::change).containsExactly(Change.EXTENDED);
        assertThat(next.set().table().rows()).isEqualTo(last.set().table().rows() + STEP);
    }

    private Vacuum.Result vacuum(String path) {
        return Vacuum.of(spark, path).retention(Duration.ZERO).execute(Instant.now());
    }

    private String digest(Result result) {
        return Fingerprint.of("rows", 1)
                .addAll("row", result.set().rows(spark).toJSON().collectAsList())
                .hex();
    }

    private Result build() {
        return pipeline()
                .build(Fraud.over(payments())
                        .eventTime("time")
                        .key("id")
                        .label("fraud")
                        .features(Map.of("amount", "amount"))
                        .views(view()));
    }

    private FeatureStore store() {
        return pipeline().store();
    }

    private TestPipeline pipeline() {
        return new TestPipeline(spark, folder);
    }

    private View view() {
        return new View.Aggregates(
                "customer",
                new Source("rows", Location.Files.at(payments().toString()), Optional.of("time")),
                List.of(),
                List.of(EntityColumn.of("customer")),
                Map.of("amount", Aggregate.parse("sum(amount)")),
                List.of(new Window(Duration.ofDays(7))),
                Duration.ZERO,
                List.of());
    }

    private Path payments() {
        return folder.resolve("payments");
    }

    /** One payment a day, of three customers in turn. */
    private void pay(int first, int count) {
        spark.range(first, first + (long) count, 1, 2)
                .select(
                        col("id"),
                        expr("concat('c', id % 3)").as("customer"),
                        expr("timestamp'2026-05-01' + make_interval(0, 0, 0, cast(id as int))")
                                .as("time"),
                        expr("id * 0.1").as("amount"),
                        expr("id % 5 = 0").as("fraud"))
                .write()
                .mode(SaveMode.Append)
                .parquet(payments().toString());
    }
}
