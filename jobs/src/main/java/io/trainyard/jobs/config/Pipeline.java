package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.Range;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline file says, with its target, settings and variables applied. Two files that differ in comments, layout,
 * order of sections or spelt-out defaults give equal pipelines.
 */
@Description("a Trainyard pipeline: sources, views, training set, search, registration and scoring")
public record Pipeline(
        @Description("version of this format; 1 is the only one") @Default("1") @Range(min = 1, max = 1)
        int version,

        @Description("name of the pipeline, of its tables and, by default, of its model")
        @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        String name,

        @Description("time zone of the session, and of dates and times without an offset") @Default("UTC")
        ZoneId timezone,

        @Description("folder or URI of all tables, studies and the registry; relative to this file")
        @Default("./warehouse")
        DataPath warehouse,

        @Description("the data to read, by name")
        @Range(min = 1)
        @Matches(value = Names.SOURCE, meaning = Names.SOURCE_MEANING)
        Map<String, SourceConfig> sources,

        @Description("features of entities, by the view's name, which begins the names of its features")
        @Default("{}")
        @Matches(value = Names.SOURCE, meaning = Names.SOURCE_MEANING)
        Map<String, ViewConfig> views,

        @Description("what is learned, from which rows") TrainingConfig training,

        @Description("how the best model is searched") @Default("{}")
        SearchConfig search,

        @Description("where the model is registered, and when it is promoted") @Default("{}")
        RegisterConfig register,

        @Description("which rows are scored, and where the predictions go")
        Optional<ScoreConfig> score,

        @Description("how the model is watched, for 'trainyard monitor'")
        Optional<MonitorConfig> monitor,

        @Description("when the model is trained again, for 'trainyard retrain'")
        Optional<RetrainConfig> retrain,

        @Description("how much is kept of what runs leave") @Default("{}")
        RetentionConfig retention,

        @Description("how it runs elsewhere, for 'trainyard deploy PLATFORM'") @Default("{}")
        DeployConfig deploy) {
    public Pipeline {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
    }

    /** The name under which models are registered: the pipeline's own unless the file gives another. */
    public String modelName() {
        return register.model().orElse(name);
    }
}
