package io.trainyard.features.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.build.TrainingSetBuilder.Result;
import io.trainyard.features.privacy.HashKey;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Privacy;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Test.Action;
import io.trainyard.features.view.Test.InSet;
import io.trainyard.features.view.Test.NotNull;
import io.trainyard.features.view.Test.Range;
import io.trainyard.features.view.Test.Reaction;
import io.trainyard.features.view.TrainingDefinition;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a source declares private is in no table, and in nothing beside the tables. */
@ExtendWith(SparkExtension.class)
class TrainingSetPrivacyTest {
    private static final String SECRET = "correct horse battery staple";

    /** Parts of every clear value; none is part of a masked one, which has letters and digits as {@code x} and {@code n}. */
    private static final String[] CLEAR = {"7731000", "quux", "Zoe", SECRET, "battery"};

    private final SparkSession spark;

    @TempDir
    private Path folder;

    TrainingSetPrivacyTest(SparkSession spark) {
        this.spark = spark;
    }

    /** One payment a day of one of five customers, and beside it what is known of these; the customers are whole numbers here and doubles there. */
    @BeforeEach
    void write() {
        spark.range(60)
                .selectExpr(
                        "id",
                        "77310000 + id % 5 AS customer",
                        "concat('mail', id % 5, '@quux.example') AS email",
                        "concat('Zoe ', id) AS name",
                        "timestamp'2026-05-01' + make_interval(0, 0, 0, cast(id AS int)) AS time",
                        "if(id IN (7, 8), -1, id * 0.5) AS amount",
                        "id % 4 = 0 AS fraud")
                .write()
                .parquet(path("payments"));
        spark.range(5)
                .selectExpr(
                        "cast(77310000 + id AS double) AS number",
                        "concat('mail', id, '@quux.example') AS email",
                        "concat('Zoe ', id) AS name",
                        "id * 10 AS age")
                .write()
                .parquet(path("customers"));
    }

    @Test
    void noClearValueIsAnywhere() throws IOException {
        Result result = build(true, "private", Optional.of(SECRET));

        assertThat(result.set().table().rows()).isEqualTo(58);
        assertThat(spark.read().format("delta").load(path("private/quarantine")).count())
                .isEqualTo(2);
        List<Path> files = files(folder.resolve("private"));
        assertThat(files.stream().filter(TrainingSetPrivacyTest::isParquet))
                .as("of the training set, two feature tables and the quarantine")
                .hasSizeGreaterThanOrEqualTo(4);
        for (Path file : files) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(CLEAR);
            if (isParquet(file)) {
                assertThat(spark.read().parquet(file.toString()).toJSON().collectAsList())
                        .as(file.toString())
                        .allSatisfy(row -> assertThat(row).doesNotContain(CLEAR));
            }
        }
    }

    /** The same look at a build in clear finds what it looks for. */
    @Test
    void theLookFindsClearValues() throws IOException {
        build(false, "clear", Optional.empty());

        List<String> found = new ArrayList<>();
        for (Path file : files(folder.resolve("clear"))) {
            if (isParquet(file)) {
                found.addAll(spark.read().parquet(file.toString()).toJSON().collectAsList());
            }
        }
        assertThat(String.join("\n", found)).contains("7731000", "quux", "Zoe");
    }

    @Test
    void hashedKeysOfTwoSourcesJoinAsClearOnesDo() {
        Result hashed = build(true, "private", Optional.of(SECRET));
        Result clear = build(false, "clear", Optional.empty());

        assertThat(features(hashed)).hasSize(58).isEqualTo(features(clear));
        assertThat(hashed.set().rows(spark).where("customer_age IS NULL").count())
                .isZero();
        assertThat(hashed.set().rows(spark).select("email").distinct().collectAsList())
                .extracting(row -> row.<String>getAs("email"))
                .containsExactly("xxxxn@xxxx.xxxxxxx");
        HashKey key = HashKey.of(SECRET);
        assertThat(hashes(hashed.tables().get(1), "number")).contains(key.hash("77310000"), key.hash("77310004"));
    }

    @Test
    void withoutAKeyTheMessageSaysWhatToSet() {
        assertThatThrownBy(() -> build(true, "private", Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot hash customer of source 'payments': there is no key; set TRAINYARD_HASH_KEY to a secret of at least 16 characters, the same for every run");
        assertThatThrownBy(() -> build(true, "private", Optional.of("short")))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(
                        "Cannot hash customer of source 'payments': the key in TRAINYARD_HASH_KEY has 5 characters, and at least 16 are needed; set a longer one")
                .hasMessageNotContaining("short");
        assertThat(folder.resolve("private")).doesNotExist();
    }

    private Result build(boolean hidden, String where, Optional<String> key) {
        FeatureFolders folders = new FeatureFolders(
                path(where + "/features"), path(where + "/materialized"), path(where + "/quarantine"));
        FeatureStore store =
                new FeatureStore(spark, ZoneOffset.UTC, folders, new SourceReader(spark, ZoneOffset.UTC, key));
        return new TrainingSetBuilder(spark, ZoneOffset.UTC, path(where + "/training"), store)
                .build(definition(hidden), Optional.empty(), examples -> {});
    }

    private TrainingDefinition definition(boolean hidden) {
        Map<String, Privacy> ofPayments = Map.of("customer", Privacy.HASH, "email", Privacy.MASK, "name", Privacy.DROP);
        Map<String, Privacy> ofCustomers = Map.of("number", Privacy.HASH, "email", Privacy.MASK, "name", Privacy.DROP);
        Source payments = new Source(
                "payments",
                Location.Files.at(path("payments")),
                Optional.of("time"),
                KnownAt.EVENT_TIME,
                hidden ? ofPayments : Map.of(),
                List.of(
                        new NotNull(List.of("name", "email"), Reaction.FAIL),
                        new InSet("name", Set.of("nobody"), Reaction.of(Action.WARN)),
                        new InSet("customer", Set.of("nobody"), Reaction.of(Action.WARN)),
                        new Range("amount", Optional.of(0.0), Optional.empty(), Reaction.of(Action.QUARANTINE))));
        Source customers = new Source(
                "customers",
                Location.Files.at(path("customers")),
                Optional.empty(),
                KnownAt.EVENT_TIME,
                hidden ? ofCustomers : Map.of(),
                List.of());
        return new TrainingDefinition(
                "fraud",
                payments,
                Optional.empty(),
                Optional.of("id"),
                "fraud",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("email", "email"),
                List.of(spending(payments), customer(customers)),
                List.of(),
                new HashSplit(0.3, 0.3, 1, Optional.empty()));
    }

    private static View spending(Source payments) {
        return new View.Aggregates(
                "spending",
                payments,
                List.of(),
                List.of(EntityColumn.of("customer")),
                new TreeMap<>(Map.of("amount", Aggregate.parse("sum(amount)"), "mail", Aggregate.parse("last(email)"))),
                List.of(new Window(Duration.ofDays(30))),
                Duration.ZERO,
                List.of());
    }

    private static View customer(Source customers) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("age", "age");
        columns.put("mail", "email");
        return new View.Columns(
                "customer",
                customers,
                List.of(),
                List.of(new EntityColumn("number", "customer")),
                columns,
                Optional.empty(),
                Duration.ZERO,
                List.of());
    }

    /** What does not show a private value is the same whether others are private or not. */
    private List<String> features(Result result) {
        return result.set()
                .rows(spark)
                .select("_key", "_label", "spending_amount_30d", "customer_age")
                .toJSON()
                .collectAsList();
    }

    private List<String> hashes(FeatureTable table, String column) {
        return table.rows(spark).rows().collectAsList().stream()
                .map(row -> row.<String>getAs(column))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean isParquet(Path file) {
        return file.getFileName().toString().endsWith(".parquet");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
