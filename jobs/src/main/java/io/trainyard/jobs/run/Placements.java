package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.TrainingSet;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.jobs.config.PlacementName;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.RoundSchedule;
import io.trainyard.tuning.learner.SparkLearner;
import io.trainyard.tuning.matrix.BlockWriter;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.placement.DistributedPlacement;
import io.trainyard.tuning.placement.DriverPlacement;
import io.trainyard.tuning.placement.ExecutorProbe;
import io.trainyard.tuning.placement.FoldPlan;
import io.trainyard.tuning.placement.NativeRoom;
import io.trainyard.tuning.placement.Placement;
import io.trainyard.tuning.placement.ResidentPlacement;
import io.trainyard.tuning.placement.SlotBooking;
import io.trainyard.tuning.placement.SlotPlan;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Where the trials of a study run: XGBoost's over resident matrices, MLlib's over a cached frame. Made when the first trial needs
 * it, so that a finished study costs nothing; closing frees all of it.
 */
final class Placements implements AutoCloseable {
    /** Part of the blocks' fingerprint: to be raised when the same encoding is written differently. */
    private static final int BLOCK_SEMANTICS = 3;

    private static final long ROWS_OF_A_PARTITION = 10_000;
    private static final long MOST_PARTITIONS = 1_000;

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final Learning learning;
    private final SlotPlan slots;
    private final FoldPlan folds;
    private final RoundSchedule schedule;
    private final SearchConfig search;
    private final Console console;
    private final SlotBooking booking;
    private final Map<String, Placement> placements = new HashMap<>();
    private final Map<String, Dataset<Row>> frames = new HashMap<>();
    private int workers = 1;

    /**
     * @param folds how trials go through the folds of the search
     * @param schedule how the study's steps divide a trial that has one fold
     * @param search says where trials run
     */
    Placements(
            SparkSession spark,
            Warehouse warehouse,
            Learning learning,
            SlotPlan slots,
            FoldPlan folds,
            RoundSchedule schedule,
            SearchConfig search,
            Console console) {
        this.spark = spark;
        this.warehouse = warehouse;
        this.learning = learning;
        this.slots = slots;
        this.folds = folds;
        this.schedule = schedule;
        this.search = search;
        this.console = console;
        this.booking = new SlotBooking(slots.slots());
    }

    /** A placement for each learner of the study. */
    Map<String, Placement> all() throws IOException {
        for (Learner learner : learning.learners()) {
            of(learner);
        }
        return Map.copyOf(placements);
    }

    /** How many trials can run beside each other, of so many that may. */
    int atOnce(int most) {
        return Math.max(1, Math.min(most, slots.slots() / workers));
    }

    Placement of(Learner learner) throws IOException {
        Optional<Placement> known = Optional.ofNullable(placements.get(learner.name()));
        if (known.isPresent()) {
            return known.get();
        }
        Placement made = learner instanceof SparkLearner sparkLearner
                ? new DriverPlacement(sparkLearner, learning.settings(), frame(learner), folds, booking)
                : boosted(learner);
        placements.put(learner.name(), made);
        return made;
    }

    private Placement boosted(Learner learner) throws IOException {
        Encoding encoding = learning.encoding(learner);
        Grouping grouping = learning.grouping(spark);
        String fingerprint = Fingerprint.of("matrix blocks", BLOCK_SEMANTICS)
                .add("training set", learning.set().fingerprint())
                .add("encoding", encoding.fingerprint())
                .add("grouping", grouping)
                .hex();
        MatrixBlocks blocks = new BlockWriter(spark)
                .write(
                        warehouse.matrices(),
                        fingerprint,
                        learning.examples(spark),
                        encoding.columns(),
                        encoding.columnTypes(),
                        grouping,
                        learning.rows(learner).rowEncoder(grouping != Grouping.NONE));
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<ExecutorProbe> executors = ExecutorProbe.all(context, slots);
        requireGpus(context, executors);
        NativeRoom room = NativeRoom.of(context.getConf(), executors);
        boolean quantised = quantised(executors);
        FoldPlan fitting = fitting(blocks, room, quantised);
        long needed = slots.bytes(blocks, fitting, quantised);
        if (search.placement() == PlacementName.DISTRIBUTED
                || (search.placement() == PlacementName.AUTO && needed > room.bytes())) {
            workers = new SharedRows(search, slots)
                    .workers(context, blocks, slots.workers(needed, room.bytes()), shortage(learner, needed, room));
            console.say(learner.name() + " " + slots.describe(blocks, folds, workers));
            return distributed(context, blocks);
        }
        console.say(learner.name() + " " + slots.describe(blocks, fitting, executors));
        return new ResidentPlacement(
                context, blocks, learning.settings(), slots, fitting, schedule, warehouse.checkpoints());
    }

    private void requireGpus(JavaSparkContext context, List<ExecutorProbe> executors) {
        if (!learning.settings().onGpu()) {
            return;
        }
        executors.stream().filter(executor -> !executor.cuda()).findFirst().ifPresent(executor -> {
            throw new JobException(
                    "search.device: XGBoost's library in executor %s was built without CUDA; build with 'mvn -P gpu package', or use 'cpu'"
                            .formatted(executor.executor()));
        });
        executors.stream().filter(executor -> executor.gpus() == 0).findFirst().ifPresent(executor -> {
            throw new JobException(
                    "search.device: executor %s on %s finds no GPU; see what nvidia-smi says there, or use 'cpu'"
                            .formatted(executor.executor(), executor.host()));
        });
        if (!SlotPlan.givesGpus(context)) {
            throw new JobException(
                    "search.device: Spark gives tasks no GPU; set spark.executor.resource.gpu.amount and spark.task.resource.gpu.amount, as conf/profiles/gpu.conf does");
        }
        if (SlotPlan.gpusOfExecutor(context) > 1) {
            throw new JobException(
                    "search.device: an executor has %d GPUs, and holds its matrices on one; set spark.executor.resource.gpu.amount to 1, and have as many executors as GPUs"
                            .formatted(SlotPlan.gpusOfExecutor(context)));
        }
    }

    private Placement distributed(JavaSparkContext context, MatrixBlocks blocks) {
        return new DistributedPlacement(
                context,
                blocks,
                learning.settings(),
                workers,
                slots.threadsPerTask(),
                booking,
                folds,
                schedule,
                warehouse.checkpoints());
    }

    private static boolean quantised(List<ExecutorProbe> executors) {
        return executors.stream().allMatch(executor -> executor.notQuantised().isEmpty());
    }

    /** One fold at a time where executors have no room for all. */
    private FoldPlan fitting(MatrixBlocks blocks, NativeRoom room, boolean quantised) {
        boolean all = slots.bytes(blocks, folds, quantised) <= room.bytes();
        return new FoldPlan(folds.folds(), folds.stepwise(), !all && folds.folds() > 1);
    }

    private static String shortage(Learner learner, long needed, NativeRoom room) {
        return "Cannot hold the matrices of %s in an executor: they take about %,d MiB beside its heap, and there are %,d MiB. To make room, %s; or set search.placement to 'resident' to try all the same"
                .formatted(learner.name(), (needed >> 20) + 1, room.bytes() >> 20, room.remedy(needed));
    }

    /** Those of MLlib's families that share an encoding share a frame: all do where no feature is a category. */
    private Dataset<Row> frame(Learner learner) {
        Encoding encoding = learning.encoding(learner);
        console.say("%s driver: %d columns, cached; %d trials at once"
                .formatted(learner.name(), encoding.width(), slots.slots()));
        return frames.computeIfAbsent(
                encoding.fingerprint(),
                unknown -> learning.rows(learner).frame(dealtRows()).persist(StorageLevel.MEMORY_AND_DISK()));
    }

    /**
     * In partitions that the rows alone decide: MLlib draws its samples partition by partition, so that a forest would else depend on the
     * cluster.
     */
    private Dataset<Row> dealtRows() {
        long rows = learning.set().table().rows();
        int partitions = (int) Math.max(1, Math.min(MOST_PARTITIONS, rows / ROWS_OF_A_PARTITION));
        return learning.examples(spark)
                .repartition(partitions, col(TrainingSet.KEY))
                .sortWithinPartitions(TrainingSet.KEY);
    }

    @Override
    public void close() {
        frames.values().forEach(Dataset::unpersist);
        placements.values().forEach(Placement::close);
    }
}
