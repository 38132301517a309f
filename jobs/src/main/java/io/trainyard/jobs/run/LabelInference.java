package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.build.ExampleSet;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.split.SplitColumns;
import io.trainyard.registry.encoding.RawValue;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.metric.Task;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What kind of label a training set has, where the pipeline does not say: two values are binary; text, and integers that number
 * classes 0, 1, 2, … up to {@value #INTEGER_CLASSES}, are classes; all other numbers are a regression.
 */
final class LabelInference {
    private static final int MAX_CLASSES = 1_000;
    private static final int INTEGER_CLASSES = 20;
    private static final int MOST_RELEVANT = 31;

    /** A label understood: what is to be learnt, and how its values become numbers. */
    record Label(Task task, Target target) {
        int classes() {
            return target.classes().size();
        }

        /** In words, for the user to check. */
        String describe() {
            return switch (task) {
                case REGRESSION -> "regression of '" + target.label() + "'";
                case POISSON, GAMMA, TWEEDIE, QUANTILE, RANKING ->
                    "%s: '%s', a number".formatted(Declarations.name(task), target.label());
                case BINARY ->
                    "binary: '%s' is %s (positive) or %s"
                            .formatted(
                                    target.label(),
                                    target.classes().get(1),
                                    target.classes().get(0));
                case MULTICLASS -> "multiclass: '%s' is one of %d classes".formatted(target.label(), classes());
            };
        }
    }

    private final String label;
    private final Dataset<Row> rows;
    private final int folds;

    /** @param folds of the search */
    LabelInference(ExampleSet examples, int folds) {
        this.label = examples.label();
        this.rows = examples.rows();
        this.folds = folds;
    }

    /**
     * @param declared the task that the pipeline declares, empty to infer it
     * @param positive the class that a binary model's probability is about
     * @throws JobException if the label cannot be learnt as declared, or at all
     */
    Label infer(Optional<Task> declared, Optional<String> positive) {
        if (declared.filter(Task::isNumber).isPresent()) {
            requireNumber();
            requireRange(declared.get());
            requireRelevance(declared.get());
            return number(declared.get());
        }
        List<Object> values = values();
        if (declared.isEmpty() && isRegression(values)) {
            return number(Task.REGRESSION);
        }
        if (values.size() > MAX_CLASSES) {
            throw new JobException("Cannot learn '%s': it has more than %,d values, which are no classes; "
                            .formatted(label, MAX_CLASSES)
                    + "declare training.task: regression if it is a number, or another label");
        }
        return classes(declared, positive, values);
    }

    /** A count may be 0, and an amount of the gamma distribution may not. */
    private void requireRange(Task task) {
        if (!task.isPositive()) {
            return;
        }
        Column value = col(TrainingSet.LABEL).cast("double");
        double smallest = rows.agg(min(value).as("smallest")).first().<Double>getAs("smallest");
        if (smallest < 0 || (smallest == 0 && task == Task.GAMMA)) {
            throw new JobException(
                    "Cannot learn '%s' as %s: it is %s in some row, and must be %s; mend these rows, or declare another training.task"
                            .formatted(
                                    label,
                                    Declarations.name(task),
                                    smallest,
                                    task == Task.GAMMA ? "above 0" : "at least 0"));
        }
    }

    /** XGBoost's gain of relevance r is 2ʳ − 1, and it takes r up to {@value #MOST_RELEVANT}. */
    private void requireRelevance(Task task) {
        if (task != Task.RANKING) {
            return;
        }
        Column value = col(TrainingSet.LABEL).cast("double");
        Row wrong = rows.where(not(value.between(0, MOST_RELEVANT).and(value.equalTo(floor(value)))))
                .agg(min(value).as("example"))
                .first();
        if (!wrong.isNullAt(0)) {
            throw new JobException(
                    "Cannot learn '%s' as ranking: it is %s in some row, and a relevance is a whole number from 0 to %d; mend these rows, or scale the label"
                            .formatted(label, wrong.<Double>getAs("example"), MOST_RELEVANT));
        }
    }

    private Label number(Task task) {
        double largest = rows.agg(
                        max(abs(col(TrainingSet.LABEL).cast("double"))).as("largest"))
                .first()
                .<Double>getAs("largest");
        if (largest > Float.MAX_VALUE) {
            throw new JobException("Cannot learn '%s' as %s: it is %s in some row, and learners take up to %s; "
                            .formatted(label, Declarations.name(task), largest, Float.MAX_VALUE)
                    + "mend these rows, or scale the label");
        }
        return new Label(task, new Target.NumberTarget(label));
    }

    private Label classes(Optional<Task> declared, Optional<String> positive, List<Object> values) {
        Set<String> classes = values.stream()
                .map(value -> RawValue.text(value).orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
        Target.ClassTarget target = Target.ClassTarget.of(label, classes);
        Task task = classes.size() == 2 ? Task.BINARY : Task.MULTICLASS;
        if (declared.filter(wanted -> wanted != task).isPresent()) {
            throw new JobException("Cannot learn '%s' as %s: it has %d values, %s; declare training.task: %s"
                    .formatted(
                            label,
                            declared.get().name().toLowerCase(java.util.Locale.ROOT),
                            classes.size(),
                            classes.stream().limit(5).collect(Collectors.joining(", ")),
                            task.name().toLowerCase(java.util.Locale.ROOT)));
        }
        Label inferred = new Label(task, positive.map(target::withPositive).orElse(target));
        requireEveryPartToHaveTwoClasses();
        return inferred;
    }

    /** Metrics of classes are undefined where only one occurs, and a model of one class has learnt nothing. */
    private void requireEveryPartToHaveTwoClasses() {
        List<Part> parts = parts();
        Column[] single = parts.stream().map(Part::single).toArray(Column[]::new);
        Row found = rows.select(single).first();
        for (Part part : parts) {
            if (Boolean.TRUE.equals(found.<Boolean>getAs(part.question()))) {
                throw new JobException(
                        "Cannot learn '%s': the %s rows hold a single class; widen training.split, or check the label"
                                .formatted(label, part.name()));
            }
        }
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            String of = folds == 1 ? "" : " of fold " + fold;
            parts.add(new Part("train" + of, TrainingSet.trainsIn(fold)));
            parts.add(new Part("validation" + of, TrainingSet.validatesIn(fold)));
        }
        parts.add(new Part("final train", col(TrainingSet.FINAL).equalTo(SplitColumns.TRAIN)));
        parts.add(new Part("test", col(TrainingSet.FINAL).equalTo(SplitColumns.TEST)));
        return parts;
    }

    /** A part of the rows, in the search or in the final fit. */
    private record Part(String name, Column holds) {

        /** Whether its rows hold one class; null where it has no rows. All parts are asked in one pass. */
        Column single() {
            Column labels = when(holds, col(TrainingSet.LABEL));
            return min(labels).equalTo(max(labels)).as(question());
        }

        String question() {
            return "single in " + name;
        }
    }

    /** Up to one value more than classes may have. */
    private List<Object> values() {
        return rows
                .groupBy(TrainingSet.LABEL)
                .count()
                .orderBy(desc("count"), col(TrainingSet.LABEL))
                .limit(MAX_CLASSES + 1)
                .collectAsList()
                .stream()
                .map(row -> row.<Object>getAs(TrainingSet.LABEL))
                .toList();
    }

    private static boolean isRegression(List<Object> values) {
        if (values.size() <= 2 || !values.stream().allMatch(Number.class::isInstance)) {
            return false;
        }
        return values.size() > INTEGER_CLASSES || !numbersClasses(values);
    }

    private static boolean numbersClasses(List<Object> values) {
        Set<BigDecimal> numbers = values.stream()
                .map(value -> new BigDecimal(value.toString()).stripTrailingZeros())
                .collect(Collectors.toSet());
        return IntStream.range(0, values.size())
                .allMatch(index -> numbers.contains(BigDecimal.valueOf(index).stripTrailingZeros()));
    }

    private void requireNumber() {
        var type = rows.schema().apply(TrainingSet.LABEL).dataType();
        if (!(type instanceof org.apache.spark.sql.types.NumericType)) {
            throw new JobException(
                    "Cannot learn '%s' as regression: its type is %s; declare another training.task or label"
                            .formatted(label, type.simpleString()));
        }
    }
}
