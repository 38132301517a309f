package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureRows;
import io.trainyard.features.build.FeatureStore;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.jobs.config.ScoreConfig;
import io.trainyard.registry.ModelVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores the rows of a source, or its entities, with a registered model, into a Delta table. */
public final class ScoreJob {
    /** Part of the predictions' fingerprint: to be raised when the same rows are scored or written differently. */
    private static final int SEMANTICS = 2;

    private final JobContext context;

    public ScoreJob(JobContext context) {
        this.context = context;
    }

    /**
     * What was scored.
     *
     * @param shadow the version that predicted the same rows beside
     * @param reused whether these predictions were there already
     */
    public record Result(ModelVersion version, Optional<ModelVersion> shadow, Commit commit, boolean reused) {}

    /** @param model the version to score with as {@code NAME@ALIAS} or {@code NAME@NUMBER}, empty for what the pipeline file says */
    public Result run(Optional<String> model) throws IOException {
        ScoreConfig config = context.pipeline()
                .score()
                .orElseThrow(() ->
                        new JobException("Cannot score: the pipeline file has no section 'score'; add, for example, "
                                + "score: {rows: new_transactions, to: predictions}"));
        context.console().stage("Score");
        ModelVersion version = new ServedVersion(context, "score").of(model, config.alias());
        Optional<ModelVersion> shadow = config.shadow().map(named -> shadow(version, named));
        try (FeatureRows rows = rows(config)) {
            return score(config, version, shadow, rows);
        }
    }

    private ModelVersion shadow(ModelVersion version, String named) {
        return new ServedVersion(context, "compare version %d".formatted(version.number()))
                .of(Optional.of(version.model() + "@" + named), named);
    }

    private FeatureRows rows(ScoreConfig config) {
        FeatureStore store = FeatureTables.store(context);
        Source source = Declarations.source(context.pipeline(), config.rows());
        List<View> views = Declarations.training(context.pipeline()).views();
        return config.entities().isEmpty()
                ? store.rows(source, views, Optional.of(context.asOf()))
                : store.entities(source, config.entities(), views, context.asOf());
    }

    private Result score(ScoreConfig config, ModelVersion version, Optional<ModelVersion> shadow, FeatureRows rows)
            throws IOException {
        String path = context.warehouse().table(config.to());
        String fingerprint = fingerprint(config, version, shadow, rows);
        VersionedTable table = new VersionedTable(context.spark(), path);
        Optional<Commit> current = table.current(fingerprint);
        if (current.isPresent()) {
            rows.requireFresh();
            context.console()
                    .say("nothing to score: %s holds these predictions of version %d"
                            .formatted(path, version.number()));
            return new Result(version, shadow, current.get(), true);
        }
        Commit commit = write(predictions(config, version, shadow).of(rows), table, fingerprint);
        context.console()
                .say("scored %,d rows with version %d%s into %s"
                        .formatted(
                                commit.table().rows(),
                                version.number(),
                                shadow.map(second -> ", and version %d in its shadow,".formatted(second.number()))
                                        .orElse(""),
                                path));
        return new Result(version, shadow, commit, false);
    }

    private String fingerprint(
            ScoreConfig config, ModelVersion version, Optional<ModelVersion> shadow, FeatureRows rows) {
        return Fingerprint.of("predictions", SEMANTICS)
                .add("model", version.digest())
                .add("shadow", shadow.map(ModelVersion::digest).orElse(""))
                .add("contributions", config.contributions())
                .add("rows", rows.fingerprint())
                .add("timezone", context.pipeline().timezone())
                .add("key", context.pipeline().training().key().orElse(""))
                .hex();
    }

    private Predictions predictions(ScoreConfig config, ModelVersion version, Optional<ModelVersion> shadow)
            throws IOException {
        ScoringModel model = ScoringModel.open(context, version);
        Optional<ScoringModel> second =
                shadow.isPresent() ? Optional.of(ScoringModel.open(context, shadow.get())) : Optional.empty();
        return new Predictions(
                config.contributions() ? model.explaining() : model,
                second,
                context.pipeline().training().key(),
                config.contributions(),
                context.asOf(),
                Instant.now(context.clock()));
    }

    private static Commit write(Dataset<Row> predictions, VersionedTable table, String fingerprint) {
        try (TableWriter writer = table.writer()) {
            return writer.write(predictions, fingerprint, "{}");
        }
    }
}
