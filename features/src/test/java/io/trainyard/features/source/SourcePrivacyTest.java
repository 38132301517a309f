package io.trainyard.features.source;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.privacy.HashKey;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Privacy;
import io.trainyard.features.view.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class SourcePrivacyTest {

    private static final String SECRET = "correct horse battery staple";

    private final SparkSession spark;
    private final SourceReader reader;

    @TempDir
    Path folder;

    SourcePrivacyTest(SparkSession spark) {
        this.spark = spark;
        this.reader = new SourceReader(spark, ZoneOffset.UTC, Optional.of(SECRET));
    }

    @BeforeEach
    void writeCustomers() throws IOException {
        Files.write(
                folder.resolve("customers.csv"),
                List.of(
                        "id,card,name,amount",
                        "123,4111-2222,Zoe Quux,1.5",
                        "124,4111-3333,,2.5",
                        ",4111-4444,Al,3.5"));
    }

    @Test
    void columnsAreHashedMaskedAndDroppedAsDeclared() {
        Dataset<Row> rows =
                reader.read(customers(Map.of("ID", Privacy.HASH, "card", Privacy.MASK, "name", Privacy.DROP)));

        assertThat(rows.columns()).containsExactly("id", "card", "amount");
        HashKey key = HashKey.of(SECRET);
        assertThat(rows.orderBy("amount").toJSON().collectAsList())
                .containsExactly(
                        "{\"id\":\"%s\",\"card\":\"nnnn-nnnn\",\"amount\":1.5}".formatted(key.hash("123")),
                        "{\"id\":\"%s\",\"card\":\"nnnn-nnnn\",\"amount\":2.5}".formatted(key.hash("124")),
                        "{\"card\":\"nnnn-nnnn\",\"amount\":3.5}");
        assertThat(reader.schema(customers(Map.of("name", Privacy.DROP))).fieldNames())
                .containsExactly("id", "card", "amount");
    }

    @Test
    void nothingWrittenHoldsAClearValue() throws IOException {
        Path table = folder.resolve("table");
        reader.read(customers(Map.of("card", Privacy.HASH, "name", Privacy.MASK)))
                .write()
                .format("delta")
                .option("compression", "uncompressed")
                .save(table.toString());

        try (Stream<Path> files = Files.walk(table)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("4111", "2222", "Zoe", "Quux", SECRET);
            }
        }
    }

    @Test
    void hashedKeysOfTwoSourcesStillJoin() {
        String path = folder.resolve("orders").toString();
        spark.sql("SELECT cast(124 AS double) AS customer UNION ALL SELECT double('123') UNION ALL SELECT null")
                .write()
                .parquet(path);
        Dataset<Row> orders = reader.read(privately("orders", path, Map.of("customer", Privacy.HASH)));
        Dataset<Row> customers = reader.read(customers(Map.of("id", Privacy.HASH)));

        assertThat(orders.join(customers, orders.col("customer").equalTo(customers.col("id")))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void theKeyIsInNoPlan() {
        Dataset<Row> rows = reader.read(customers(Map.of("id", Privacy.HASH)));

        assertThat(rows.queryExecution().toString()).contains("hmac_sha256").doesNotContain(SECRET, "battery");
    }

    @Test
    void testsSeeClearRowsAndWhatTheyAddStays() {
        SourceSnapshot snapshot = reader.snapshot(customers(Map.of("id", Privacy.HASH, "name", Privacy.DROP)));
        Dataset<Row> flagged =
                snapshot.clearRows().withColumn("_failed", lit(true)).filter("id = 123");

        assertThat(snapshot.clearRows().columns()).containsExactly("id", "card", "name", "amount");
        assertThat(snapshot.deidentify(flagged).columns()).containsExactly("id", "card", "amount", "_failed");
        assertThat(snapshot.deidentify(flagged).first().<String>getAs("id")).hasSize(64);
    }

    @Test
    void privacyIsPartOfAFingerprintWhereItIsDeclared() {
        String clear = fingerprint(reader, Map.of());
        String hashed = fingerprint(reader, Map.of("id", Privacy.HASH));
        SourceReader other = new SourceReader(spark, ZoneOffset.UTC, Optional.of(SECRET + "!"));

        assertThat(fingerprint(other, Map.of())).isEqualTo(clear);
        assertThat(hashed)
                .isNotEqualTo(clear)
                .isEqualTo(fingerprint(reader, Map.of("ID", Privacy.HASH)))
                .isNotEqualTo(fingerprint(other, Map.of("id", Privacy.HASH)))
                .isNotEqualTo(fingerprint(reader, Map.of("id", Privacy.MASK)));
        assertThat(fingerprint(other, Map.of("id", Privacy.MASK)))
                .isEqualTo(fingerprint(reader, Map.of("id", Privacy.MASK)));
    }

    @Test
    void hashingAsksForAKey() {
        Source source = customers(Map.of("id", Privacy.HASH));

        assertThatThrownBy(() -> new SourceReader(spark, ZoneOffset.UTC).read(source))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot hash id of source 'customers': there is no key; set TRAINYARD_HASH_KEY to a secret of at least 16 characters, the same for every run");
        assertThatThrownBy(() -> new SourceReader(spark, ZoneOffset.UTC, Optional.of("short")).read(source))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(
                        "Cannot hash id of source 'customers': the key in TRAINYARD_HASH_KEY has 5 characters")
                .hasMessageNotContaining("short");
        assertThat(new SourceReader(spark, ZoneOffset.UTC)
                        .read(customers(Map.of("id", Privacy.MASK)))
                        .count())
                .isEqualTo(3);
    }

    @Test
    void unknownColumnsAndSuchAsCannotBeHashedAreRefused() {
        assertThatThrownBy(() -> reader.read(customers(Map.of("nam", Privacy.DROP))))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot drop a column of source 'customers': column 'nam' not found in source 'customers' (did you mean 'name'?)");

        String path = folder.resolve("nested").toString();
        spark.sql("SELECT array(1) AS many, timestamp'2024-01-01' AS at")
                .write()
                .parquet(path);
        assertThatThrownBy(() -> reader.read(privately("nested", path, Map.of("many", Privacy.HASH))))
                .hasMessage(
                        "Cannot hash column 'many' of source 'nested': it is of type array<int>; drop it, or make its parts columns in a query");
        Source timed = new Source(
                "nested",
                Location.Files.at(path),
                Optional.of("at"),
                KnownAt.EVENT_TIME,
                Map.of("at", Privacy.MASK),
                List.of());
        assertThatThrownBy(() -> reader.read(timed))
                .hasMessage(
                        "Cannot mask column 'at' of source 'nested': it is the event time, which has to stay a time; leave it out of privacy");
    }

    private String fingerprint(SourceReader reader, Map<String, Privacy> privacy) {
        return reader.snapshot(customers(privacy)).fingerprint().hash();
    }

    private Source customers(Map<String, Privacy> privacy) {
        return privately("customers", folder.resolve("customers.csv").toString(), privacy);
    }

    private static Source privately(String name, String path, Map<String, Privacy> privacy) {
        return new Source(name, Location.Files.at(path), Optional.empty(), KnownAt.EVENT_TIME, privacy, List.of());
    }
}
