package io.trainyard.jobs.bench;

import io.trainyard.tuning.journal.JournalStorage;
import io.trainyard.tuning.journal.LocalSegments;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.matrix.BlockWriter;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.matrix.RowEncoder;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.placement.ResidentPlacement;
import io.trainyard.tuning.placement.SlotPlan;
import io.trainyard.tuning.placement.StudyRunner;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Ours: a study with its journal on disk, each trial a Spark task over resident matrices. No pruning, no early stop. */
final class ResidentSearch implements Contestant {
    private final JavaSparkContext context;
    private final MatrixBlocks blocks;
    private final SlotPlan slots;
    private final TrialSettings settings;
    private final Path folder;

    /** @param folder for the matrix blocks and the journals */
    ResidentSearch(Dataset<Row> rows, int columns, int slots, int rounds, Path folder) throws IOException {
        this(rows, columns, slots, rounds, folder, Map.of());
    }

    /** @param fixed parameters of XGBoost that all configurations have */
    ResidentSearch(Dataset<Row> rows, int columns, int slots, int rounds, Path folder, Map<String, String> fixed)
            throws IOException {
        this.context = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        this.slots = new SlotPlan(slots, 1, slots);
        this.settings = new TrialSettings(
                Task.BINARY, 2, List.of(Metric.ROC_AUC), rounds, 0, Configuration.SEED, Double.NaN, fixed);
        this.folder = folder;
        RowEncoder encoder = (row, into) -> {
            BenchRows.features(row, into.features(), 0);
            into.set(row.<Double>getAs(BenchRows.LABEL).floatValue(), 1, row.<Long>getAs(BenchRows.PARTS));
        };
        this.blocks = new BlockWriter(rows.sparkSession())
                .write(
                        folder.resolve("blocks").toUri().toString(),
                        "bench",
                        rows,
                        IntStream.range(0, columns)
                                .mapToObj(column -> "f" + column)
                                .toList(),
                        Collections.nCopies(columns, "q"),
                        Grouping.NONE,
                        encoder);
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public Run run(List<Configuration> configurations) throws IOException, InterruptedException {
        try (ResidentPlacement placement = new ResidentPlacement(context, blocks, settings, slots)) {
            Stopwatch loading = new Stopwatch();
            placement.load();
            double loaded = loading.seconds();
            Study study = study(configurations);
            Stopwatch searching = new Stopwatch();
            new StudyRunner("bench", study, Map.of(new XGBoostLearner().name(), placement), Clock.systemUTC())
                    .run(slots.slots());
            return new Run(loaded, searching.seconds(), values(study));
        }
    }

    private Study study(List<Configuration> configurations) throws IOException {
        List<Params> points = configurations.stream().map(Configuration::trial).toList();
        StudyDefinition definition = new StudyDefinition(
                "bench",
                new Problem(Configuration.space(), Direction.MAXIMIZE, Configuration.SEED),
                points,
                Budget.ofTrials(points.size()),
                Concurrency.free(slots.slots()));
        Path journal = Files.createTempDirectory(folder, "journal");
        return Study.open(
                definition,
                new JournalStorage(new LocalSegments(journal), "bench"),
                new RandomSampler(),
                Clock.systemUTC());
    }

    private static List<Double> values(Study study) {
        return study.history().finished().stream()
                .sorted(Comparator.comparing(Trial::number))
                .map(trial ->
                        trial.value().orElseThrow(() -> new IllegalStateException("Trial has no value: " + trial)))
                .toList();
    }
}
