package io.trainyard.features.build;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.FeatureTable.Change;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.version.Commit;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test.Action;
import io.trainyard.features.view.Test.Freshness;
import io.trainyard.features.view.Test.Range;
import io.trainyard.features.view.Test.Reaction;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature tables follow their sources, and read no more of them than they must. */
@ExtendWith(SparkExtension.class)
class FeatureStoreTest {
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private final SparkSession spark;

    @TempDir
    private Path folder;

    FeatureStoreTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void theSameInputsMakeNoNewVersion() {
        pay(0, 40);

        FeatureTable first = store().build(view(), Optional.empty());
        FeatureTable again = store().build(view(), Optional.empty());

        assertThat(first.change()).isEqualTo(Change.BUILT);
        assertThat(again.change()).isEqualTo(Change.REUSED);
        assertThat(again.commit()).isEqualTo(first.commit());
        assertThat(store().history("customer")).hasSize(1);
    }

    @Test
    void anotherWindowIsAMatterOfTheJoinAlone() {
        pay(0, 40);
        store().build(view(), Optional.empty());

        View longer = new View.Aggregates(
                "customer",
                view().source(),
                List.of(),
                view().entity(),
                view().aggregates(),
                List.of(new Window(Duration.ofDays(90))),
                Duration.ZERO,
                List.of());

        assertThat(store().build(longer, Optional.empty()).change()).isEqualTo(Change.REUSED);
        assertThat(FeatureStore.fingerprint(longer)).isNotEqualTo(FeatureStore.fingerprint(view()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "delta"})
    void newRowsExtendTheTable(String format) {
        pay(0, 40, format);
        store().build(view(), Optional.empty());
        pay(40, 10, format);

        FeatureTable extended = store().build(view(), Optional.empty());

        assertThat(extended.change()).isEqualTo(Change.EXTENDED);
        assertThat(extended.commit().table().rows()).isEqualTo(50);
        assertSameAsFullBuild(extended, Optional.empty());
        assertThat(rows(store().read("customer", 0)))
                .as("the version before is as it was")
                .hasSize(40);
    }

    @Test
    void changedRowsAreReadAnew() {
        pay(0, 40);
        store().build(view(), Optional.empty());
        payments(0, 39).write().mode(SaveMode.Overwrite).parquet(data());

        FeatureTable built = store().build(view(), Optional.empty());

        assertThat(built.change()).isEqualTo(Change.BUILT);
        assertThat(built.commit().table().rows()).isEqualTo(39);
    }

    @Test
    void aDeltaTableWithDeletedRowsIsReadAnew() {
        pay(0, 40, "delta");
        store().build(view(), Optional.empty());
        spark.sql("DELETE FROM delta.`%s` WHERE id = 3".formatted(data()));

        FeatureTable built = store().build(view(), Optional.empty());

        assertThat(built.change()).isEqualTo(Change.BUILT);
        assertThat(built.commit().table().rows()).isEqualTo(39);
    }

    /** Rows that lie beyond one logical time are taken in when time has come to them, together with those that came. */
    @Test
    void followsTheLogicalTime() {
        pay(0, 40);
        FeatureTable early = store().build(view(), Optional.of(MAY.plus(Duration.ofDays(20))));
        pay(40, 10);

        FeatureTable later = store().build(view(), Optional.of(MAY.plus(Duration.ofDays(45))));
        FeatureTable all = store().build(view(), Optional.of(MAY.plus(Duration.ofDays(400))));
        FeatureTable back = store().build(view(), Optional.of(MAY.plus(Duration.ofDays(30))));

        assertThat(early.commit().table().rows()).isEqualTo(20);
        assertThat(early.dropped()).containsEntry("at or after as-of", 20L);
        assertThat(later.change()).isEqualTo(Change.EXTENDED);
        assertThat(later.commit().table().rows()).isEqualTo(45);
        assertSameAsFullBuild(later, Optional.of(MAY.plus(Duration.ofDays(45))));
        assertThat(all.change()).isEqualTo(Change.EXTENDED);
        assertSameAsFullBuild(all, Optional.empty());
        assertThat(back.change()).isEqualTo(Change.BUILT);
        assertSameAsFullBuild(back, Optional.of(MAY.plus(Duration.ofDays(30))));
    }

    /** A table that was built for a later time holds a version that was made of just this. */
    @Test
    void findsAnOlderVersionAgain() {
        pay(0, 40);
        FeatureTable first = store().build(view(), Optional.of(MAY.plus(Duration.ofDays(20))));
        store().build(view(), Optional.of(MAY.plus(Duration.ofDays(30))));

        FeatureTable again = store().build(view(), Optional.of(MAY.plus(Duration.ofDays(20))));

        assertThat(again.change()).isEqualTo(Change.REUSED);
        assertThat(again.commit()).isEqualTo(first.commit());
    }

    @Test
    void leavesOutWhatCanNeverCount() {
        payments(0, 40)
                .selectExpr(
                        "id",
                        "if(id = 1, null, customer) customer",
                        "if(id in (2, 3), null, time) time",
                        "amount",
                        "fraud")
                .write()
                .parquet(data());

        FeatureTable built = store().build(view(), Optional.empty());

        assertThat(built.commit().table().rows()).isEqualTo(37);
        assertThat(built.dropped())
                .containsExactlyEntriesOf(new TreeMap<>(Map.of("null entity", 1L, "null event time", 2L)));
    }

    @Test
    void saysWhenEachValueIsKnown() {
        pay(0, 3);

        FeatureTable built = store().build(view(), Optional.empty());

        Dataset<Row> table = store().read("customer", built.commit().table().version());
        assertThat(table.columns())
                .containsExactlyInAnyOrder("customer", "amount", "risk", "_event_time", "_known_at_1");
        assertThat(table.where("_known_at_1 = _event_time + interval 7 days").count())
                .isEqualTo(3);
        assertThat(built.layout().knownAt()).containsExactly(Map.entry("risk", "_known_at_1"));
    }

    @Test
    void aTestThatFailsLeavesNoVersion() {
        pay(0, 40);
        Source strict = source(List.of(new Range("amount", Optional.of(5.0), Optional.empty(), Reaction.FAIL)));

        assertThatThrownBy(() -> store().build(view(strict), Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll("'payments'", "range amount min 5.0", "of 40 rows");
        assertThat(store().history("customer")).isEmpty();
    }

    @Test
    void quarantinedRowsAreKeptBesideOnceAndReported() {
        pay(0, 40);
        Source tolerant = source(
                List.of(new Range("amount", Optional.of(5.0), Optional.empty(), Reaction.of(Action.QUARANTINE))));

        FeatureTable built = store().build(view(tolerant), Optional.empty());
        pay(40, 10);
        FeatureTable extended = store().build(view(tolerant), Optional.empty());

        assertThat(built.commit().table().rows()).isEqualTo(35);
        assertThat(built.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.results())
                        .singleElement()
                        .satisfies(result -> assertThat(result.failed()).isEqualTo(5)));
        assertThat(extended.change()).isEqualTo(Change.EXTENDED);
        assertThat(extended.commit().table().rows()).isEqualTo(45);
        assertSameAsFullBuild(view(tolerant), extended, Optional.empty());
        assertThat(spark.read()
                        .format("delta")
                        .load(folder.resolve("features-quarantine").toString()))
                .satisfies(quarantine -> assertThat(quarantine.count()).isEqualTo(5));
    }

    @Test
    void anUnchangedSourceGrowsTooOld() {
        pay(0, 40);
        Source fresh = source(List.of(new Freshness(Duration.ofDays(2), Reaction.FAIL)));
        store().build(view(fresh), Optional.of(MAY.plus(Duration.ofDays(40))));

        assertThatThrownBy(() -> store().build(view(fresh), Optional.of(MAY.plus(Duration.ofDays(50)))))
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll("'payments'", "freshness", "2026-06-09T00:00:00Z");
    }

    /** Of every customer, what is known of it at the moment. */
    @Test
    void materializesAllEntitiesAsOfAMoment() {
        pay(0, 40);
        Instant at = MAY.plus(Duration.ofDays(12));

        FeatureStore.Materialized made = store().materialize(view(), at);

        Dataset<Row> features =
                spark.read().format("delta").load(made.commit().table().path()).sort("customer");
        assertThat(features.columns())
                .containsExactly("customer", "as_of", "customer_count_7d", "customer_amount_7d", "customer_risk_7d");
        // Payments 0 to 11 are before the moment; those of 6 to 11 are in the window that ends with it.
        assertThat(features.select("customer", "customer_count_7d").collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getLong(1))
                .containsExactly("c0 2", "c1 2", "c2 2");
        assertThat(store().materialize(view(), at)).isEqualTo(new FeatureStore.Materialized(made.commit(), true));
    }

    /** The amount of each payment beside its customer's mean, then by terminal: one view over another. */
    @Test
    void aViewCanBeMadeOfAnother() {
        pay(0, 40);
        View all = new View.Aggregates(
                "all",
                view().source(),
                List.of(view()),
                List.of(EntityColumn.of("country")),
                Map.of("share", Aggregate.parse("sum(customer_count_7d)")),
                List.of(new Window(Duration.ofDays(3))),
                Duration.ZERO,
                List.of());

        FeatureTable built = store().build(all, Optional.empty());

        // At payment n, its customer has made payments n, n - 3 and n - 6 within a week, as far as there are any.
        List<Row> rows = store().read("all", built.commit().table().version())
                .sort("_event_time")
                .collectAsList();
        assertThat(rows.subList(0, 8))
                .extracting(row -> row.<Long>getAs("share"))
                .containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 3L, 3L);
        assertThat(store().build(all, Optional.empty()).change()).isEqualTo(Change.REUSED);
    }

    private void assertSameAsFullBuild(FeatureTable table, Optional<Instant> asOf) {
        assertSameAsFullBuild(view(), table, asOf);
    }

    private void assertSameAsFullBuild(View view, FeatureTable table, Optional<Instant> asOf) {
        FeatureStore elsewhere = store("elsewhere" + table.commit().table().version());
        Commit full = elsewhere.build(view, asOf).commit();
        assertThat(rows(store().read("customer", table.commit().table().version())))
                .isEqualTo(rows(elsewhere.read("customer", full.table().version())));
        assertThat(table.commit().table().rows()).isEqualTo(full.table().rows());
    }

    private static List<String> rows(Dataset<Row> table) {
        return table.toJSON().collectAsList().stream().sorted().toList();
    }

    private FeatureStore store() {
        return store("features");
    }

    private FeatureStore store(String name) {
        return new FeatureStore(
                spark,
                ZoneOffset.UTC,
                new FeatureFolders(
                        folder.resolve(name).toString(),
                        folder.resolve(name + "-materialized").toString(),
                        folder.resolve(name + "-quarantine").toString()),
                new SourceReader(spark, ZoneOffset.UTC));
    }

    private View.Aggregates view() {
        return view(source(List.of()));
    }

    private static View.Aggregates view(Source source) {
        Map<String, Aggregate> aggregates = new LinkedHashMap<>();
        aggregates.put("count", Aggregate.parse("count(*)"));
        aggregates.put("amount", Aggregate.parse("avg(amount)"));
        aggregates.put("risk", Aggregate.parse("avg(fraud)"));
        return new View.Aggregates(
                "customer",
                source,
                List.of(),
                List.of(EntityColumn.of("customer")),
                aggregates,
                List.of(new Window(Duration.ofDays(7))),
                Duration.ZERO,
                List.of());
    }

    private Source source(List<io.trainyard.features.view.Test> tests) {
        return new Source(
                "payments",
                Location.Files.at(data()),
                Optional.of("time"),
                new KnownAt(Optional.empty(), Map.of("fraud", "time + interval 7 days")),
                Map.of(),
                tests);
    }

    private String data() {
        return folder.resolve("payments").toString();
    }

    private void pay(int first, int count) {
        pay(first, count, "parquet");
    }

    private void pay(int first, int count, String format) {
        payments(first, count).write().format(format).mode(SaveMode.Append).save(data());
    }

    /** One payment a day from May on, of three customers in turn. */
    private Dataset<Row> payments(int first, int count) {
        return spark.range(first, first + count, 1, 2)
                .select(
                        col("id"),
                        expr("concat('c', id % 3)").as("customer"),
                        expr("timestamp'2026-05-01' + make_interval(0, 0, 0, cast(id as int))")
                                .as("time"),
                        expr("cast(id as double)").as("amount"),
                        expr("id % 5 = 0").as("fraud"),
                        lit("fr").as("country"));
    }
}
