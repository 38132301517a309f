package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.trainyard.features.build.FeatureRows;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.config.ScoreConfig;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores the rows of a source with a registered model, into a Delta table. */
public final class ScoreJob {
    /** Part of the predictions' fingerprint: to be raised when the same rows are scored or written differently. */
    private static final int SEMANTICS = 1;

    /** What the table of predictions says itself; a column of the rows that has such a name gets another there. */
    private static final Set<String> OWN_COLUMNS =
            Set.of("prediction", "probability", "model", "model_version", "as_of");

    private static final String ROW = "_row";

    private final JobContext context;

    public ScoreJob(JobContext context) {
        this.context = context;
    }

    /**
     * What was scored.
     *
     * @param reused whether these predictions were there already
     */
    public record Result(ModelVersion version, Commit commit, boolean reused) {}

    /** @param model the version to score with as {@code NAME@ALIAS} or {@code NAME@NUMBER}, empty for what the pipeline file says */
    public Result run(Optional<String> model) throws IOException {
        ScoreConfig config = context.pipeline()
                .score()
                .orElseThrow(() ->
                        new JobException("Cannot score: the pipeline file has no section 'score'; add, for example, "
                                + "score: {rows: new_transactions, to: predictions}"));
        context.console().stage("Score");
        ModelVersion version = new ServedVersion(context, "score").of(model, config.alias());
        try (FeatureRows rows = FeatureTables.store(context)
                .rows(
                        Declarations.source(context.pipeline(), config.rows()),
                        Declarations.training(context.pipeline()).views(),
                        Optional.of(context.asOf()))) {
            return score(version, rows, context.warehouse().table(config.to()));
        }
    }

    private Result score(ModelVersion version, FeatureRows rows, String path) throws IOException {
        String fingerprint = Fingerprint.of("predictions", SEMANTICS)
                .add("model", version.digest())
                .add("rows", rows.fingerprint())
                .add("timezone", context.pipeline().timezone())
                .add("key", context.pipeline().training().key().orElse(""))
                .hex();
        VersionedTable table = new VersionedTable(context.spark(), path);
        Optional<Commit> current = table.current(fingerprint);
        if (current.isPresent()) {
            rows.requireFresh();
            context.console()
                    .say("nothing to score: %s holds these predictions of version %d"
                            .formatted(path, version.number()));
            return new Result(version, current.get(), true);
        }
        try (FetchedBundle fetched = context.fetch(version)) {
            Commit commit = write(predictions(fetched.bundle(), version, rows), table, fingerprint);
            context.console()
                    .say("scored %,d rows with version %d into %s"
                            .formatted(commit.table().rows(), version.number(), path));
            return new Result(version, commit, false);
        }
    }

    private static Commit write(Dataset<Row> predictions, VersionedTable table, String fingerprint) {
        try (TableWriter writer = table.writer()) {
            return writer.write(predictions, fingerprint, "{}");
        }
    }

    /** The key or, without one, the whole row, then what the model says, then which model it was. */
    private Dataset<Row> predictions(Bundle bundle, ModelVersion version, FeatureRows rows) throws IOException {
        Scorer scorer = Scorer.of(bundle, new ModelFiles(context.spark(), context.warehouse()));
        FeatureExpressions features = FeatureExpressions.read(bundle);
        features.requireViews(version, context.pipeline());
        FeatureRows.Selected selected = rows.select(
                features.expressions(), context.pipeline().training().key(), OWN_COLUMNS);
        List<Column> columns = new ArrayList<>();
        selected.identity().forEach(name -> columns.add(col(ROW).getField(name).as(name)));
        columns.add(scorer.prediction().as("prediction"));
        if (scorer.predictsClasses()) {
            columns.add(scorer.probability().as("probability"));
        }
        columns.add(lit(version.model()).as("model"));
        columns.add(lit(version.number()).as("model_version"));
        columns.add(lit(context.asOf()).as("as_of"));
        Column[] identity =
                selected.identity().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
        return scorer.predict(
                        selected.rows(), selected.features(), struct(identity).as(ROW))
                .select(columns.toArray(Column[]::new));
    }
}
