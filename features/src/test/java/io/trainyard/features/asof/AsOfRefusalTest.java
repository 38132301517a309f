package io.trainyard.features.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class AsOfRefusalTest {

    private static final Source CARDS = new Source("cards", Location.Files.at("cards"), Optional.of("at"));

    private final SparkSession spark;
    private final Dataset<Row> examples;

    AsOfRefusalTest(SparkSession spark) {
        this.spark = spark;
        this.examples = spark.sql("select 1L as customer, timestamp'2024-01-02 00:00:00' as at, 'x' as name");
    }

    @Test
    void ofKeysThatHaveNothingInCommon() {
        assertRefused("select 'one' as customer, timestamp'2024-01-01' as _event_time, 1 as limit")
                .hasMessage(
                        "Cannot join view 'card': its column 'customer' is of type string, the examples' column 'customer' of type bigint; cast one to the other's type in a query");
    }

    @Test
    void ofAMissingColumn() {
        assertRefused("select 1 as custmer, timestamp'2024-01-01' as _event_time, 1 as limit")
                .hasMessage(
                        "Cannot join view 'card': column 'customer' not found in source 'cards' (did you mean 'custmer'?)");
        assertRefused("select 1 as customer, timestamp'2024-01-01' as _event_time, 1 as limits")
                .hasMessage(
                        "Cannot join view 'card': column 'limit' not found in source 'cards' (did you mean 'limits'?)");
    }

    @Test
    void ofAKeyThatExamplesLack() {
        assertThatThrownBy(
                        () -> join(examples.withColumnRenamed("customer", "customers"), "at", card("limit"), valid()))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot join view 'card': column 'customer' not found in the examples (did you mean 'customers'?)");
    }

    @Test
    void ofATimeThatIsNone() {
        assertThatThrownBy(() -> join(examples, "name", card("limit"), valid()))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot join features at the examples' time 'name': it is of type string; cast it to timestamp");
        assertRefused("select 1 as customer, '2024-01-01' as _event_time, 1 as limit")
                .hasMessage("Cannot join view 'card': its time '_event_time' is of type string; cast it to timestamp");
    }

    @Test
    void ofAColumnThatIsThereAlready() {
        assertThatThrownBy(() -> join(examples.withColumnRenamed("name", "CARD_limit"), "at", card("limit"), valid()))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Cannot join view 'card': the examples have a column 'CARD_limit' already; rename it, or the view");
    }

    @Test
    void ofValuesWithoutOrder() {
        assertRefused("select 1 as customer, timestamp'2024-01-01' as _event_time, map(1, 2) as limit")
                .hasMessage(
                        "Cannot join view 'card': 'limit' is of type map<int,int>, whose values have no order; take out what you need, or make it text with to_json");
    }

    @Test
    void ofASumOverText() {
        View sum = new View.Aggregates(
                "card",
                CARDS,
                List.of(),
                List.of(EntityColumn.of("customer")),
                Map.of("limit", Aggregate.parse("sum(limit)")),
                List.of(new Window(Duration.ofDays(1))),
                Duration.ZERO,
                List.of());
        Dataset<Row> rows = spark.sql("select 1 as customer, timestamp'2024-01-01' as _event_time, 'much' as limit");
        assertThatThrownBy(() -> join(examples, "at", sum, rows))
                .isInstanceOf(SourceException.class)
                .hasMessage("Cannot join view 'card': sum(limit) is of string, not of numbers; cast it");
    }

    @Test
    void planSaysWhatIsSentAndWhatIsShuffled() {
        List<ViewRows> views = List.of(new ViewRows(card("limit"), valid(), Map.of()));
        assertThat(new AsOfJoin(spark, AsOfSettings.defaults()).plan(examples, "at", views))
                .hasToString("by customer: no shuffle, since card is small: its 1 rows are sent to every executor");
        assertThat(new AsOfJoin(spark, AsOfSettings.defaults().withBroadcastRows(0)).plan(examples, "at", views))
                .asString()
                .startsWith("by customer: one shuffle joins ")
                .contains(" examples with rows of card up to ")
                .endsWith("; no key has so many rows that it is cut");
    }

    private Dataset<Row> valid() {
        return spark.sql("select 1 as customer, timestamp'2024-01-01' as _event_time, 1 as limit");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String rows) {
        return assertThatThrownBy(() -> join(examples, "at", card("limit"), spark.sql(rows)))
                .isInstanceOf(SourceException.class);
    }

    private Dataset<Row> join(Dataset<Row> rows, String time, View view, Dataset<Row> viewRows) {
        return new AsOfJoin(spark, AsOfSettings.defaults())
                .join(rows, time, List.of(new ViewRows(view, viewRows, Map.of())));
    }

    private static View card(String column) {
        return new View.Columns(
                "card",
                CARDS,
                List.of(),
                List.of(EntityColumn.of("customer")),
                Map.of(column, column),
                Optional.empty(),
                Duration.ZERO,
                List.of());
    }
}
