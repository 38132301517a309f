package io.trainyard.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Privacy;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Test.Action;
import io.trainyard.features.view.Test.Freshness;
import io.trainyard.features.view.Test.InSet;
import io.trainyard.features.view.Test.Matches;
import io.trainyard.features.view.Test.NotNull;
import io.trainyard.features.view.Test.Range;
import io.trainyard.features.view.Test.Reaction;
import io.trainyard.features.view.Test.References;
import io.trainyard.features.view.Test.RowCount;
import io.trainyard.features.view.Test.Sql;
import io.trainyard.features.view.Test.Unique;
import io.trainyard.features.view.TrainingDefinition;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import io.trainyard.jobs.config.Examples;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTest {
    private static final Source TERMINALS = Source.of("terminals", new Location.Table("terminals"));

    private static final Source TRANSACTIONS = new Source(
            "transactions",
            Location.Files.at("/data/transactions"),
            Optional.of("tx_time"),
            new KnownAt(Optional.empty(), Map.of("is_fraud", "tx_time + interval 7 days")),
            Map.of("customer_id", Privacy.HASH, "email", Privacy.MASK, "name", Privacy.DROP),
            List.of(
                    new NotNull(List.of("customer_id", "tx_time"), Reaction.FAIL),
                    new Range("amount", Optional.of(0.0), Optional.empty(), new Reaction(Action.QUARANTINE, 0.005)),
                    new Unique(List.of("transaction_id"), new Reaction(Action.DROP, 1)),
                    new InSet("channel", Set.of("web", "pos"), new Reaction(Action.WARN, 1)),
                    new Matches("country", "[A-Z]{2}", Reaction.FAIL),
                    new References("terminal_id", TERMINALS, "terminal_id", Reaction.FAIL),
                    new References("terminal_id", TERMINALS, "id", Reaction.FAIL),
                    new RowCount(OptionalLong.of(1000), OptionalLong.empty(), Reaction.FAIL),
                    new Freshness(Duration.ofDays(2), Reaction.of(Action.WARN)),
                    new Sql("amount < 10000 or channel = 'pos'", Reaction.of(Action.DROP))));

    private static final View CUSTOMER = new View.Aggregates(
            "customer",
            TRANSACTIONS,
            List.of(),
            List.of(EntityColumn.of("customer_id")),
            Map.of("count", Aggregate.parse("count(*)"), "amount_mean", Aggregate.parse("avg(amount)")),
            List.of(new Window(Duration.ofDays(1)), new Window(Duration.ofDays(7))),
            Duration.ZERO,
            List.of());

    private Pipeline pipeline;

    @BeforeEach
    void load(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), Examples.VIEWS);
        pipeline = PipelineFile.load(file, Optional.empty(), List.of(), Map.of());
    }

    @Test
    void aSourceHasItsTimesPrivacyAndTests() {
        assertThat(Declarations.source(pipeline, "transactions")).isEqualTo(TRANSACTIONS);
    }

    @Test
    void aLoneTextSaysWhenAllColumnsAreKnown() {
        assertThat(Declarations.source(pipeline, "weather").knownAt())
                .isEqualTo(new KnownAt(Optional.of("hour + interval 1 hour"), Map.of()));
    }

    @Test
    void anAggregateViewHasItsWindowsAndNamesItsFeatures() {
        assertThat(ViewDeclarations.view(pipeline, "customer")).isEqualTo(CUSTOMER);
        assertThat(ViewDeclarations.view(pipeline, "customer").features())
                .containsExactly(
                        "customer_count_1d", "customer_count_7d", "customer_amount_mean_1d", "customer_amount_mean_7d");
    }

    @Test
    void aViewOfAViewHasItsSource() {
        assertThat(ViewDeclarations.view(pipeline, "terminal"))
                .isEqualTo(new View.Aggregates(
                        "terminal",
                        TRANSACTIONS,
                        List.of(CUSTOMER),
                        List.of(EntityColumn.of("terminal_id"), EntityColumn.of("channel")),
                        Map.of(
                                "risk", Aggregate.parse("avg(is_fraud)"),
                                "largest", Aggregate.parse("max(amount / customer_amount_mean_7d)")),
                        List.of(new Window(Duration.ofDays(30))),
                        Duration.ofDays(7),
                        List.of(new RowCount(OptionalLong.empty(), OptionalLong.of(10), Reaction.of(Action.WARN)))));
    }

    @Test
    void aColumnsViewIsFoundByColumnsOfTheRows() {
        assertThat(ViewDeclarations.view(pipeline, "weather_there"))
                .isEqualTo(new View.Columns(
                        "weather_there",
                        Declarations.source(pipeline, "weather"),
                        List.of(),
                        List.of(new EntityColumn("origin", "country")),
                        Map.of("temp", "temp", "wind", "wind / 3.6"),
                        Optional.of(Duration.ofHours(6)),
                        Duration.ZERO,
                        List.of()));
    }

    @Test
    void theTrainingSetJoinsItsViewsInOrder() {
        TrainingDefinition training = Declarations.training(pipeline);

        assertThat(training.views()).extracting(View::name).containsExactly("customer", "terminal", "weather_there");
        assertThat(training.positive()).contains("1");
        assertThat(training.split())
                .isInstanceOfSatisfying(
                        Split.TimeSplit.class,
                        split -> assertThat(split.dropKnown()).contains("customer_id"));
    }
}
