package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.registry.encoding.ColumnSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Summaries of feature columns, from which encodings are fitted: one aggregation for all numbers, one for all texts. */
final class ColumnSummaries {
    /** More categories than any encoding keeps; what is beyond is rare, and unseen to the model. */
    private static final int CATEGORIES = 1_000;

    private ColumnSummaries() {}

    static List<ColumnSummary> of(Dataset<Row> rows, List<FeatureColumn> features) {
        Map<String, SortedMap<String, Long>> categories = categories(rows, features);
        Row totals = totals(rows, features);
        long all = totals.getAs("rows");
        List<ColumnSummary> summaries = new ArrayList<>();
        for (FeatureColumn feature : features) {
            long present = totals.getAs(feature.column() + "·count");
            summaries.add(new ColumnSummary(
                    feature.name(),
                    ColumnSummary.Kind.valueOf(feature.kind().name()),
                    all,
                    all - present,
                    orNaN(totals.getAs(feature.column() + "·mean")),
                    orNaN(totals.getAs(feature.column() + "·deviation")),
                    categories.getOrDefault(feature.column(), new TreeMap<>())));
        }
        return summaries;
    }

    private static Row totals(Dataset<Row> rows, List<FeatureColumn> features) {
        List<Column> aggregates = new ArrayList<>();
        for (FeatureColumn feature : features) {
            Column number = number(feature);
            aggregates.add(count(number).as(feature.column() + "·count"));
            boolean text = feature.kind() == FeatureColumn.Kind.TEXT;
            aggregates.add((text ? lit(Double.NaN) : avg(number)).as(feature.column() + "·mean"));
            aggregates.add((text ? lit(Double.NaN) : stddev_pop(number)).as(feature.column() + "·deviation"));
        }
        return rows.agg(count(lit(1)).as("rows"), aggregates.toArray(Column[]::new))
                .first();
    }

    /** The column as the encoder sees it: a finite number, or null; a text as it is. */
    private static Column number(FeatureColumn feature) {
        Column raw = col(quoted(feature));
        return switch (feature.kind()) {
            case TEXT -> raw;
            case DATE -> datediff(raw, lit("1970-01-01")).cast("double");
            case NUMBER, BOOLEAN, TIMESTAMP -> {
                Column number = raw.cast("double");
                yield when(
                                number.isNaN()
                                        .or(org.apache
                                                .spark
                                                .sql
                                                .functions
                                                .abs(number)
                                                .equalTo(Double.POSITIVE_INFINITY)),
                                null)
                        .otherwise(number);
            }
        };
    }

    private static Map<String, SortedMap<String, Long>> categories(Dataset<Row> rows, List<FeatureColumn> features) {
        Map<String, SortedMap<String, Long>> categories = new HashMap<>();
        Column[] texts = features.stream()
                .filter(feature -> feature.kind() == FeatureColumn.Kind.TEXT)
                .map(feature -> struct(
                        lit(feature.column()).as("name"), col(quoted(feature)).as("value")))
                .toArray(Column[]::new);
        if (texts.length == 0) {
            return categories;
        }
        rows.select(explode(array(texts)).as("text"))
                .where(col("text.value").isNotNull())
                .groupBy(col("text.name").as("name"), col("text.value").as("value"))
                .count()
                .withColumn("rank", row_number().over(Window.partitionBy("name").orderBy(desc("count"), asc("value"))))
                .where(col("rank").leq(CATEGORIES))
                .collectAsList()
                .forEach(row -> categories
                        .computeIfAbsent(row.getAs("name"), name -> new TreeMap<>())
                        .put(row.getAs("value"), row.getAs("count")));
        return categories;
    }

    private static String quoted(FeatureColumn feature) {
        return "`" + feature.column() + "`";
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }
}
