package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.ColumnNames;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Range;
import io.trainyard.tuning.metric.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The training set: its rows, the roles of its columns, and its split. */
@Description("the training set: one example per row of a source")
public record TrainingConfig(
        @Description("source with one example per row") String rows,

        @Description("source with the test rows, where they are a set of their own")
        Optional<String> testRows,

        @Description("column that identifies a row; by default a hash of the row")
        Optional<String> key,

        @Description("column to predict") String label,

        @Description("what is predicted; by default what the label's values say")
        Optional<Task> task,

        @Description("the label's value that counts as positive, for a binary task")
        Optional<String> positive,

        @Description("column with the weight of a row; 1 by default")
        Optional<String> weight,

        @Description(
                "column with what a count or an amount was collected over, such as years insured: the model predicts the label for one of it")
        Optional<String> exposure,

        @Description("which quantile the task quantile predicts; 0.5 by default, the median") @Range(min = 0, max = 1)
        Optional<Double> quantile,

        @Description("power of the variance of the task tweedie, between 1 and 2; 1.5 by default")
        @Range(min = 1, max = 2)
        Optional<Double> power,

        @Description(
                "SQL over a row that says which rows are ranked against each other, such as a query's identifier or to_date(time)")
        Optional<String> group,

        @Description(
                "SQL over a row that says which rows are not independent of each other, such as a customer: intervals are drawn by it, and metrics at k count it")
        Optional<String> unit,

        @Description(
                "how many of each group the metrics at k look at; 10 by default for the task ranking, and none for the task binary")
        @Range(min = 1)
        Optional<Integer> topK,

        @Description(
                "features as SQL expressions by name, or a list of columns; by default all columns without another role")
        @Default("{}")
        @ColumnNames
        Map<String, String> features,

        @Description("views whose features, as of a row's event time, are features too") @Default("[]")
        List<String> views,

        @Description("columns that are no features, where the features are not listed") @Default("[]")
        List<String> drop,

        @Description("how rows are split into train, validation and test") @Default("hash")
        SplitConfig split)
        implements Checked {
    private static final String RANKED = "applies to the tasks ranking and binary alone: remove it, or correct 'task'";

    public TrainingConfig {
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
        views = List.copyOf(views);
        drop = List.copyOf(drop);
    }

    @Override
    public List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>(split.flawsWith(testRows.isPresent()));
        flaws.addAll(shapeFlaws());
        flaws.addAll(groupFlaws());
        features.forEach((name, expression) -> role(expression)
                .ifPresent(role -> flaws.add(new Flaw(
                        "features." + name,
                        "is the " + role + ", which no model may see: remove it from the features"))));
        if (!features.isEmpty() && !drop.isEmpty()) {
            flaws.add(new Flaw("drop", "has no effect where 'features' are listed: remove one of the two"));
        }
        Set<String> seen = new HashSet<>();
        views.stream()
                .filter(view -> !seen.add(view))
                .forEach(twice -> flaws.add(new Flaw("views", "'%s' is named twice: keep one".formatted(twice))));
        if (positive.isPresent()
                && task.filter(declared -> declared != Task.BINARY).isPresent()) {
            flaws.add(new Flaw("positive", "applies to the task binary alone: remove it, or correct 'task'"));
        }
        return flaws;
    }

    /** What the task itself is shaped by, or k of its metrics at k; NaN for one that is not. */
    public double shape(Task learned) {
        return switch (learned) {
            case QUANTILE -> quantile.orElse(0.5);
            case TWEEDIE -> power.orElse(1.5);
            case RANKING -> topK.orElse(10);
            case BINARY -> topK.map(Integer::doubleValue).orElse(Double.NaN);
            case MULTICLASS, REGRESSION, POISSON, GAMMA -> Double.NaN;
        };
    }

    /** Whether rows are learnt to be ranked within their groups. */
    public boolean ranks() {
        return task.filter(Task.RANKING::equals).isPresent();
    }

    /** The column that says which rows are ranked against each other, where no more than a column says it. */
    public Optional<String> groupColumn() {
        return group.map(SqlColumn::of).filter(SqlColumn::isName);
    }

    private List<Flaw> groupFlaws() {
        List<Flaw> flaws = new ArrayList<>();
        boolean twoClasses = task.filter(declared -> declared != Task.BINARY).isEmpty();
        if (ranks() && group.isEmpty()) {
            flaws.add(new Flaw("task", "ranking orders the rows of a group: say in 'group' which these are"));
        }
        if (ranks() && weight.isPresent()) {
            flaws.add(
                    new Flaw("weight", "does not apply to the task ranking, whose groups all count alike: remove it"));
        }
        if (!ranks() && !twoClasses) {
            group.ifPresent(given -> flaws.add(new Flaw("group", RANKED)));
            topK.ifPresent(given -> flaws.add(new Flaw("top_k", RANKED)));
        }
        if (ranks() && groupColumn().isEmpty() && group.isPresent()) {
            split.ungrouped()
                    .ifPresent(key -> flaws.add(new Flaw(
                            key, "must name a column that keeps the rows of a group together, for the task ranking")));
        }
        return flaws;
    }

    private List<Flaw> shapeFlaws() {
        List<Flaw> flaws = new ArrayList<>();
        if (exposure.isPresent() && task.filter(Task::isPositive).isEmpty()) {
            flaws.add(new Flaw(
                    "exposure", "applies to the tasks poisson, gamma and tweedie alone: remove it, or declare 'task'"));
        }
        if (quantile.isPresent()
                && task.filter(declared -> declared == Task.QUANTILE).isEmpty()) {
            flaws.add(new Flaw("quantile", "applies to the task quantile alone: remove it, or declare 'task'"));
        }
        if (quantile.filter(value -> value == 0 || value == 1).isPresent()) {
            flaws.add(new Flaw("quantile", "must lie between 0 and 1, found %s".formatted(quantile.get())));
        }
        if (power.isPresent()
                && task.filter(declared -> declared == Task.TWEEDIE).isEmpty()) {
            flaws.add(new Flaw("power", "applies to the task tweedie alone: remove it, or declare 'task'"));
        }
        if (power.filter(value -> value == 1 || value == 2).isPresent()) {
            flaws.add(new Flaw(
                    "power",
                    "must lie between 1 and 2, found %s: use the task poisson or gamma".formatted(power.get())));
        }
        return flaws;
    }

    /** The role of the column that the expression is, where it has one and is nothing but that column. */
    private Optional<String> role(String expression) {
        if (SqlColumn.is(expression, label)) {
            return Optional.of("label");
        }
        if (weight.filter(column -> SqlColumn.is(expression, column)).isPresent()) {
            return Optional.of("weight");
        }
        if (exposure.filter(column -> SqlColumn.is(expression, column)).isPresent()) {
            return Optional.of("exposure");
        }
        if (ranks()
                && groupColumn()
                        .filter(column -> SqlColumn.is(expression, column))
                        .isPresent()) {
            return Optional.of("group");
        }
        return key.filter(column -> SqlColumn.is(expression, column)).map(same -> "key");
    }
}
