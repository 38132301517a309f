package io.trainyard.features.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
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
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NamedSourcesTest {

    private final SparkSession spark;

    @TempDir
    Path folder;

    private Map<String, Source> sources;

    NamedSourcesTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void declare() throws IOException {
        Files.write(folder.resolve("orders.csv"), List.of("customer,amount", "1,10", "1,20", "2,5"));
        Source orders = new Source(
                "orders",
                Location.Files.at(folder.resolve("orders.csv").toString()),
                Optional.empty(),
                KnownAt.EVENT_TIME,
                Map.of("customer", Privacy.MASK),
                List.of());
        sources = Map.of(
                "orders", orders,
                "large", query("large", "SELECT * FROM Orders WHERE amount >= 10"),
                "circle", query("circle", "SELECT * FROM square"),
                "square", query("square", "WITH c AS (SELECT * FROM circle) SELECT * FROM c"));
    }

    @Test
    void queriesNameOtherSourcesAtAnyDepth() {
        assertThat(json("SELECT customer, amount FROM large ORDER BY amount"))
                .containsExactly("{\"customer\":\"n\",\"amount\":10}", "{\"customer\":\"n\",\"amount\":20}");
        assertThat(
                        json(
                                "WITH o AS (SELECT * FROM orders) SELECT count(*) AS n FROM o WHERE amount IN (SELECT amount FROM large)"))
                .containsExactly("{\"n\":2}");
    }

    @Test
    void noViewStays() {
        json("SELECT * FROM orders");

        assertThat(spark.catalog().tableExists("orders")).isFalse();
        assertThatThrownBy(() -> json("SELECT nothing FROM orders"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Cannot run the query of source 'q'");
        assertThat(spark.catalog().tableExists("orders")).isFalse();
    }

    @Test
    void aColumnWithTheNameOfASourceNamesNoSource() {
        assertThat(json("SELECT 1 AS circle, amount AS square FROM orders")).hasSize(3);
    }

    @Test
    void circlesAreRefused() {
        assertThatThrownBy(() -> json("SELECT * FROM circle"))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot run the query of source 'q': the queries go in a circle, q -> circle -> square -> circle; name a table in one of them");
    }

    @Test
    void temporaryViewsOfTheSessionAreNotReplaced() {
        spark.range(1).createOrReplaceTempView("orders");
        try {
            assertThatThrownBy(() -> json("SELECT * FROM orders"))
                    .isInstanceOf(SourceException.class)
                    .hasMessage(
                            "Cannot run the query of source 'q': 'orders' is a source and a temporary view of this session; drop the view or rename the source");
            assertThat(spark.table("orders").count()).isEqualTo(1);
        } finally {
            spark.catalog().dropTempView("orders");
        }
    }

    @Test
    void aQueryOfSourcesChangesWithTheirFiles() throws IOException {
        SourceSnapshot before = snapshot("SELECT * FROM large");
        String again = snapshot("SELECT * FROM large").fingerprint().hash();
        before.requireUnchanged();

        Files.write(folder.resolve("orders.csv"), List.of("customer,amount", "1,10", "1,20", "2,6", "3,1"));

        assertThat(again).isEqualTo(before.fingerprint().hash());
        // The rows of the query are the same, but nobody looked at them.
        assertThat(snapshot("SELECT * FROM large").fingerprint().hash()).isNotEqualTo(again);
        assertThatThrownBy(before::requireUnchanged).hasMessageContaining("changed while they were read");
    }

    @Test
    void aQueryThatReadsMoreChangesWithItsRows() {
        spark.range(3).createOrReplaceTempView("counted");
        try {
            String sql = "SELECT * FROM orders CROSS JOIN counted";
            String before = snapshot(sql).fingerprint().hash();
            spark.range(4).createOrReplaceTempView("counted");

            assertThat(snapshot(sql).fingerprint().hash()).isNotEqualTo(before);
        } finally {
            spark.catalog().dropTempView("counted");
        }
    }

    private List<String> json(String sql) {
        return reader().read(query("q", sql)).toJSON().collectAsList();
    }

    private SourceSnapshot snapshot(String sql) {
        return reader().snapshot(query("q", sql));
    }

    private SourceReader reader() {
        return new SourceReader(spark, ZoneOffset.UTC).withNamed(sources);
    }

    private static Source query(String name, String sql) {
        return Source.of(name, new Location.Query(sql));
    }
}
