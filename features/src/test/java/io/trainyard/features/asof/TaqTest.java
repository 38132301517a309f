package io.trainyard.features.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trades with the quotes that prevailed, as another engine finds them. */
@ExtendWith(SparkExtension.class)
class TaqTest {

    private static final long TRADES = 77_263;

    /** Moves rows of equal times a microsecond apart: of equals, the other engine takes any. */
    private static final String UNIQUE =
            "DT + INTERVAL '1 microsecond' * (row_number() OVER (PARTITION BY DT ORDER BY %s) - 1)";

    @TempDir
    private Path folder;

    static List<Arguments> plans() {
        AsOfSettings shuffled = AsOfSettings.defaults().withBroadcastRows(0);
        return List.of(
                Arguments.of("shuffled", shuffled),
                Arguments.of("broadcast", AsOfSettings.defaults().withBroadcastRows(200_000)),
                Arguments.of("the one key cut", shuffled.withHotKeyRows(20_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void prevailingQuotesAreThoseOfDuckDb(String name, AsOfSettings settings, SparkSession spark) throws SQLException {
        Optional<Path> taq =
                Optional.ofNullable(System.getenv("TRAINYARD_DATA")).map(data -> Path.of(data, "taq"));
        assumeTrue(
                taq.filter(Files::isDirectory).isPresent(),
                "needs the folder taq in the one that TRAINYARD_DATA names");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "CREATE TABLE trades AS SELECT row_number() OVER () AS id, SYMBOL, %s AS at FROM '%s/sampleTDataRaw.parquet'"
                            .formatted(UNIQUE.formatted("PRICE, SIZE"), taq.get()));
            statement.execute(
                    "CREATE TABLE quotes AS SELECT SYMBOL, BID, OFR, BIDSIZ, EX, %s AS at FROM '%s/sampleQDataRaw.parquet'"
                            .formatted(UNIQUE.formatted("BID, OFR, BIDSIZ, OFRSIZ, EX"), taq.get()));
            List<List<Object>> expected = answer(
                    statement,
                    "SELECT id, BID, OFR, BIDSIZ, EX FROM trades t ASOF LEFT JOIN quotes q ON t.SYMBOL = q.SYMBOL AND t.at >= q.at ORDER BY id");

            List<List<Object>> joined = joined(spark, settings, statement);

            assertThat(joined).hasSize((int) TRADES).isEqualTo(expected);
        }
    }

    private List<List<Object>> joined(SparkSession spark, AsOfSettings settings, Statement duck) throws SQLException {
        duck.execute("COPY trades TO '%s/trades.parquet'".formatted(folder));
        duck.execute("COPY quotes TO '%s/quotes.parquet'".formatted(folder));
        Dataset<Row> trades = spark.read()
                .parquet(folder + "/trades.parquet")
                .selectExpr("id", "SYMBOL", "cast(at as timestamp) as at");
        Dataset<Row> quotes = spark.read()
                .parquet(folder + "/quotes.parquet")
                .selectExpr("SYMBOL", "cast(at as timestamp) as _event_time", "BID", "OFR", "BIDSIZ", "EX");
        Map<String, String> columns = new LinkedHashMap<>();
        List.of("BID", "OFR", "BIDSIZ", "EX").forEach(column -> columns.put(column, column));
        View view = new View.Columns(
                "quote",
                new Source("quotes", Location.Files.at("quotes"), Optional.of("at")),
                List.of(),
                List.of(EntityColumn.of("SYMBOL")),
                columns,
                Optional.empty(),
                Duration.ZERO,
                List.of());
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : new AsOfJoin(spark, settings)
                .join(trades, "at", List.of(new ViewRows(view, quotes, Map.of())))
                .orderBy("id")
                .collectAsList()) {
            List<Object> values = new ArrayList<>();
            values.add(row.getAs("id"));
            columns.keySet().forEach(column -> values.add(row.getAs("quote_" + column)));
            rows.add(values);
        }
        return rows;
    }

    private static List<List<Object>> answer(Statement duck, String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (ResultSet result = duck.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
