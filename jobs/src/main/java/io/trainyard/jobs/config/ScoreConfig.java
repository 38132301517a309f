package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scoring of new rows. */
@Description("the scoring of new rows by a registered model")
public record ScoreConfig(
        @Description("source with the rows to score") String rows,

        @Description("columns that identify an entity: its newest row is scored, with features as of the logical time")
        @Default("[]")
        List<String> entities,

        @Description("name of the table of predictions") @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        String to,

        @Description("alias of the model version that scores")
        @Default("champion")
        @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        String alias,

        @Description("alias or number of a version whose predictions of the same rows are written beside")
        Optional<String> shadow,

        @Description(
                "whether each prediction comes with the contributions of the features to it (SHAP values), which XGBoost's models have")
        @Default("false")
        boolean contributions)
        implements Checked {
    public ScoreConfig {
        entities = List.copyOf(entities);
    }

    @Override
    public List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        entities.stream()
                .filter(column -> !seen.add(column))
                .forEach(column ->
                        flaws.add(new Flaw("entities", "column '%s' is named twice: keep one".formatted(column))));
        if (shadow.filter(named -> !named.matches(Names.VERSION)).isPresent()) {
            flaws.add(new Flaw("shadow", "must be an alias such as challenger, or the number of a version"));
        } else if (shadow.filter(alias::equals).isPresent()) {
            flaws.add(new Flaw("shadow", "'%s' scores already: name another version".formatted(alias)));
        }
        return flaws;
    }
}
