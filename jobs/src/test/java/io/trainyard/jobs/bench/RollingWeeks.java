package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.TrainJob;
import io.trainyard.registry.Score;
import io.trainyard.tuning.metric.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.sql.SparkSession;

/** The published metrics week by week, ours beside defaults. */
final class RollingWeeks {
    static final List<Metric> METRICS = List.of(Metric.ROC_AUC, Metric.AVERAGE_PRECISION, Metric.PRECISION_AT_K);

    /** How many cards are looked into each day. */
    static final int CARDS = 100;

    private static final String OURS = "ours";

    private RollingWeeks() {}

    /** @param values on the test week by contestant, ours first */
    record Week(LocalDate start, String learner, Map<String, Map<Metric, Double>> values) {}

    /** What a training run found, and what defaults find on the very rows that its final fit was fitted on and judged by. */
    static Week week(LocalDate start, TrainJob.Result trained, SparkSession spark) throws XGBoostError {
        Map<String, Double> scores =
                trained.version().scores().stream().collect(Collectors.toMap(Score::metric, Score::value));
        Map<Metric, Double> ours = new LinkedHashMap<>();
        METRICS.forEach(metric -> ours.put(metric, scores.get(metric.scored(CARDS))));
        Map<String, Map<Metric, Double>> values = new LinkedHashMap<>();
        values.put(OURS, ours);
        values.putAll(new Defaults(spark, trained.data().set()).judged());
        return new Week(start, trained.version().lineage().learner(), values);
    }

    static Report report(List<Week> weeks) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "rolling-weeks");
        String text = METRICS.stream()
                .map(metric -> metric.scored(CARDS) + " on the test week\n" + table(metric, weeks, json))
                .collect(Collectors.joining("\n"));
        return new Report("rolling-weeks\n\n" + text, json);
    }

    private static String table(Metric metric, List<Week> weeks, ObjectNode json) {
        List<String> contestants = List.copyOf(weeks.get(0).values().keySet());
        List<String> header = new ArrayList<>(List.of("test week from", "our learner"));
        header.addAll(contestants);
        Table table = new Table(header.toArray(String[]::new));
        ObjectNode told = json.putObject(metric.scored(CARDS));
        ArrayNode all = told.putArray("weeks");
        for (Week week : weeks) {
            List<String> line = new ArrayList<>(List.of(week.start().toString(), week.learner()));
            ObjectNode node =
                    all.addObject().put("start", week.start().toString()).put("learner", week.learner());
            for (String name : contestants) {
                double value = week.values().get(name).get(metric);
                line.add("%.4f".formatted(value));
                node.put(name, value);
            }
            table.add(line.toArray(String[]::new));
        }
        List<String> means = new ArrayList<>(List.of("mean", ""));
        ObjectNode mean = told.putObject("mean");
        for (String name : contestants) {
            double value = weeks.stream()
                    .mapToDouble(week -> week.values().get(name).get(metric))
                    .average()
                    .orElseThrow();
            means.add("%.4f".formatted(value));
            mean.put(name, value);
        }
        table.add(means.toArray(String[]::new));
        return table.text();
    }
}
