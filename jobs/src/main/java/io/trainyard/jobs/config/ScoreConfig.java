package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;

/** Scoring of new rows. */
@Description("the scoring of new rows by a registered model")
public record ScoreConfig(
        @Description("source with the rows to score") String rows,

        @Description("name of the table of predictions") @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        String to,

        @Description("alias of the model version that scores")
        @Default("champion")
        @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        String alias) {}
