package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.TrainJob;
import io.trainyard.registry.Score;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.sql.SparkSession;

/** Average precision week by week, ours beside defaults. */
final class RollingWeeks {
    private RollingWeeks() {}

    /**
     * @param values average precision on the test week by contestant, ours first
     */
    record Week(LocalDate start, String learner, Map<String, Double> values) {}

    /** What a training run found, and what defaults find on the very rows that its final fit was fitted on and judged by. */
    static Week week(LocalDate start, TrainJob.Result trained, SparkSession spark) throws XGBoostError {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(
                "ours",
                trained.version().scores().stream()
                        .filter(score -> score.metric().equals("average_precision"))
                        .mapToDouble(Score::value)
                        .findFirst()
                        .orElseThrow());
        values.putAll(new Defaults(spark, trained.data().set()).averagePrecision());
        return new Week(start, trained.version().lineage().learner(), values);
    }

    static Report report(List<Week> weeks) {
        List<String> contestants = List.copyOf(weeks.get(0).values().keySet());
        List<String> header = new ArrayList<>(List.of("test week from", "our learner"));
        header.addAll(contestants);
        Table table = new Table(header.toArray(String[]::new));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "rolling-weeks");
        ArrayNode all = json.putArray("weeks");
        for (Week week : weeks) {
            List<String> line = new ArrayList<>(List.of(week.start().toString(), week.learner()));
            contestants.forEach(name -> line.add("%.4f".formatted(week.values().get(name))));
            table.add(line.toArray(String[]::new));
            ObjectNode node =
                    all.addObject().put("start", week.start().toString()).put("learner", week.learner());
            week.values().forEach(node::put);
        }
        List<String> means = new ArrayList<>(List.of("mean", ""));
        ObjectNode mean = json.putObject("mean");
        for (String name : contestants) {
            double value = weeks.stream()
                    .mapToDouble(week -> week.values().get(name))
                    .average()
                    .orElseThrow();
            means.add("%.4f".formatted(value));
            mean.put(name, value);
        }
        table.add(means.toArray(String[]::new));
        return new Report("rolling-weeks: average precision on the test week\n\n" + table.text(), json);
    }
}
