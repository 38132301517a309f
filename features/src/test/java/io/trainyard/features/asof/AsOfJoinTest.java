package io.trainyard.features.asof;

import static io.trainyard.features.view.Aggregate.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.Aggregate;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.View.EntityColumn;
import io.trainyard.features.view.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class AsOfJoinTest {

    private static final int CASES = 500;
    private static final Source EVENTS = new Source("events", Location.Files.at("events"), Optional.of("happened"));
    private static final Source LABELS = Source.of("labels", Location.Files.at("labels"));
    private static final List<EntityColumn> ENTITY =
            List.of(new EntityColumn("l", "left"), new EntityColumn("case", "case_no"), new EntityColumn("r", "right"));

    static Stream<Arguments> plans() {
        AsOfSettings shuffled = AsOfSettings.defaults().withBroadcastRows(0);
        return Stream.of(
                Arguments.of("shuffled", shuffled, 1L),
                Arguments.of("shuffled", shuffled, 2L),
                Arguments.of("broadcast", AsOfSettings.defaults(), 3L),
                Arguments.of("broadcast where small", AsOfSettings.defaults().withBroadcastRows(1200), 4L),
                Arguments.of("in 2 slices", shuffled.withSlices(2), 5L),
                Arguments.of("in 7 slices", shuffled.withSlices(7), 6L),
                Arguments.of("hot keys cut", shuffled.withHotKeyRows(50), 7L));
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("plans")
    void equalsLookingAtEveryEventForEveryExample(String name, AsOfSettings settings, long seed, SparkSession spark) {
        assertAsTheOracleSays(settings, Cases.generated(seed, CASES), spark);
    }

    @Test
    void equalsItAlsoWhereTimesAreCenturiesApart(SparkSession spark) {
        AsOfSettings shuffled = AsOfSettings.defaults().withBroadcastRows(0);
        assertAsTheOracleSays(shuffled, Cases.generated(8, 100).overCenturies(), spark);
    }

    @Test
    void cutsKeysWithManyRowsAndNoOthers(SparkSession spark) {
        AsOfSettings shuffled = AsOfSettings.defaults().withBroadcastRows(0);
        Cases cases = Cases.generated(7, CASES);
        String cut = "keys with very many rows are cut into slices of time";

        assertThat(plan(spark, shuffled.withHotKeyRows(50), cases)).contains(cut);
        assertThat(plan(spark, shuffled.withHotKeyRows(100_000), cases)).doesNotContain(cut);
    }

    private static String plan(SparkSession spark, AsOfSettings settings, Cases cases) {
        return new AsOfJoin(spark, settings)
                .plan(examples(spark, cases), "at", views(spark, cases))
                .toString();
    }

    private static void assertAsTheOracleSays(AsOfSettings settings, Cases cases, SparkSession spark) {
        Dataset<Row> joined = join(spark, settings, cases);

        Oracle oracle = new Oracle(cases);
        Map<Long, Map<String, Object>> expected =
                cases.examples().stream().collect(Collectors.toMap(Cases.Example::id, oracle::features));
        List<Row> rows = joined.collectAsList();

        assertThat(rows).hasSize(cases.examples().size());
        for (Row row : rows) {
            Cases.Example example =
                    cases.examples().get((int) row.<Long>getAs("id").longValue());
            assertThat(features(row)).as("%s", example).containsExactlyInAnyOrderEntriesOf(expected.get(example.id()));
            assertThat(row.<Long>getAs("case_no")).isEqualTo(example.caseNumber());
            assertThat(row.<String>getAs("right")).isEqualTo(example.right());
            assertThat(row.<Object>getAs("at")).isEqualTo(Cases.timestamp(example.time()));
        }
        assertThat(rows.stream().map(row -> row.<Long>getAs("id")).distinct()).hasSize(rows.size());
    }

    private static Map<String, Object> features(Row row) {
        Map<String, Object> features = new HashMap<>();
        String[] names = row.schema().fieldNames();
        for (int i = Cases.Example.SCHEMA.size(); i < names.length; i++) {
            features.put(names[i], row.get(i));
        }
        return features;
    }

    private static Dataset<Row> join(SparkSession spark, AsOfSettings settings, Cases cases) {
        return new AsOfJoin(spark, settings).join(examples(spark, cases), "AT", views(spark, cases));
    }

    private static Dataset<Row> examples(SparkSession spark, Cases cases) {
        return frame(spark, cases.examples(), Cases.Example::row, Cases.Example.SCHEMA);
    }

    private static List<ViewRows> views(SparkSession spark, Cases cases) {
        return views(events(spark, cases), labels(spark, cases));
    }

    private static Dataset<Row> events(SparkSession spark, Cases cases) {
        return frame(spark, cases.happenings(), Cases.Happening::row, Cases.Happening.SCHEMA);
    }

    private static Dataset<Row> labels(SparkSession spark, Cases cases) {
        return frame(spark, cases.labels(), Cases.Label::row, Cases.Label.SCHEMA);
    }

    /** In executors: over a list in the plan, Spark's planner would compute and compare thousands of rows at every step, and slowly. */
    private static <T> Dataset<Row> frame(SparkSession spark, List<T> all, Function<T, Row> row, StructType schema) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(all.stream().map(row).toList()), schema);
    }

    private static List<ViewRows> views(Dataset<Row> events, Dataset<Row> labels) {
        View newest =
                columns("newest", EVENTS, ENTITY, List.of("text", "number", "known"), Optional.empty(), Duration.ZERO);
        View aged = columns(
                "aged",
                EVENTS,
                ENTITY,
                List.of("text", "number"),
                Optional.of(Duration.ofSeconds(6)),
                Duration.ofSeconds(1));
        View fixed = columns(
                "fixed", LABELS, ENTITY.subList(0, 2), List.of("label", "rank"), Optional.empty(), Duration.ZERO);
        View.Aggregates window = new View.Aggregates(
                "window",
                EVENTS,
                List.of(),
                ENTITY,
                aggregates(),
                List.of(new Window(Duration.ofSeconds(3)), new Window(Duration.ofSeconds(10))),
                Duration.ofSeconds(2),
                List.of());
        Map<String, String> later = new HashMap<>();
        Dataset<Row> arguments = events;
        for (Map.Entry<String, Aggregate> aggregate : window.aggregates().entrySet()) {
            if (aggregate.getValue().argument().isPresent()) {
                String argument = aggregate.getValue().argument().get();
                arguments = arguments.withColumn(aggregate.getKey(), events.col(argument));
                if (argument.equals("number")) {
                    later.put(aggregate.getKey(), "number_known");
                }
            }
        }
        return List.of(
                new ViewRows(newest, events.withColumn("known", events.col("number_known")), Map.of()),
                new ViewRows(fixed, labels, Map.of()),
                new ViewRows(window, arguments, later),
                new ViewRows(aged, events, Map.of("number", "number_known")));
    }

    private static Map<String, Aggregate> aggregates() {
        Map<String, Aggregate> aggregates = new LinkedHashMap<>();
        aggregates.put("rows", parse("count(*)"));
        aggregates.put("count", parse("count(number)"));
        aggregates.put("texts", parse("count(distinct text)"));
        aggregates.put("numbers", parse("count(distinct number)"));
        aggregates.put("sum", parse("sum(number)"));
        aggregates.put("mean", parse("avg(number)"));
        aggregates.put("spread", parse("stddev(number)"));
        aggregates.put("least", parse("min(number)"));
        aggregates.put("most", parse("max(number)"));
        aggregates.put("least_text", parse("min(text)"));
        aggregates.put("first_text", parse("first(text)"));
        aggregates.put("last_text", parse("last(text)"));
        aggregates.put("first_number", parse("first(number)"));
        aggregates.put("last_number", parse("last(number)"));
        aggregates.put("since", parse("time_since_last()"));
        return aggregates;
    }

    private static View columns(
            String name,
            Source source,
            List<EntityColumn> entity,
            List<String> columns,
            Optional<Duration> maxAge,
            Duration delay) {
        Map<String, String> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, column));
        return new View.Columns(name, source, List.of(), entity, values, maxAge, delay, List.of());
    }
}
