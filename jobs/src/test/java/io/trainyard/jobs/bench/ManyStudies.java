package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.UnixOperatingSystemMXBean;
import io.trainyard.jobs.Orders;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.run.Console;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.TrainJob;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * What small studies leave behind in an application that runs many, one after the other. Delta keeps what it knows of a table for an hour
 * after it was asked, with the shuffle files that this was worked out by: so tables leave something behind for a while, also without studies.
 *
 * @param studies how many
 * @param tables that the studies take turns on
 * @param samples how often the process is looked at on the way
 */
record ManyStudies(int studies, int tables, int samples) {
    ManyStudies {
        if (tables < 1) {
            throw new IllegalArgumentException("--tables is %d: name 1 or more".formatted(tables));
        }
    }

    private static final int ROWS = 1_000;
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final String SECTIONS = """
            training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
            search: {trials: 6, rounds: 30, early_stopping: 30, pruner: median}
            """;

    /**
     * The process after some studies.
     *
     * @param beside bytes of memory outside of the heap that are in use
     * @param classes bytes of it that hold classes and compiled code
     * @param allocated bytes of it that native code asked for and did not free; empty where the C library does not tell
     * @param files of Spark, in its local folders: how many of each kind, such as {@code shuffle}
     * @param open file descriptors
     */
    private record Sample(
            int studies,
            int threads,
            long heap,
            long beside,
            long classes,
            OptionalLong allocated,
            Map<String, Long> files,
            long open) {}

    Report measure(SparkSession spark) throws IOException, InterruptedException {
        List<Sample> taken = new ArrayList<>();
        try (WorkFolder folder = new WorkFolder()) {
            for (int study = 1; study <= studies; study++) {
                run(spark, folder.path().resolve(Integer.toString(study % tables)), study);
                if (study == 1 || study % Math.max(1, studies / samples) == 0) {
                    taken.add(sample(study));
                }
            }
        }
        DeltaLog.clearCache();
        return report(taken, sample(studies));
    }

    private static void run(SparkSession spark, Path folder, int seed) throws IOException, InterruptedException {
        boolean isNew = Files.notExists(folder);
        Workspace workspace = new Workspace(Files.createDirectories(folder));
        if (isNew) {
            workspace.addOrders(spark, Orders.rows((long) seed * ROWS, ROWS), 1);
            workspace.newOrders(spark, Orders.rows(0, 1));
            workspace.pipeline(SECTIONS);
        }
        JobContext context = JobContext.of(
                PipelineFile.load(workspace.file(), Optional.empty(), List.of("search.seed=" + seed), Map.of()),
                Instant.parse("2026-01-01T00:00:00Z"),
                spark,
                Map.of(),
                new Console(new PrintStream(OutputStream.nullOutputStream()), false));
        new TrainJob(context).search();
    }

    private static Sample sample(int studies) throws IOException, InterruptedException {
        settle();
        NativeMemory.giveBack();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long committed =
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        return new Sample(
                studies,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                heap,
                Math.max(0, ResidentMemory.now() - committed),
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(),
                NativeMemory.inUse(),
                temporaryFiles(),
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount());
    }

    /** What is garbage is not kept; but a thread of Spark's deletes its files only some time after the collector found it. */
    private static void settle() throws IOException, InterruptedException {
        Map<String, Long> before = null;
        for (Map<String, Long> files = temporaryFiles(); !files.equals(before); files = temporaryFiles()) {
            before = files;
            System.gc();
            Thread.sleep(SETTLING.toMillis()); // between two looks
        }
    }

    /** A block's file is named by its kind and numbers. */
    private static Map<String, Long> temporaryFiles() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        for (String folder : SparkEnv.get().blockManager().diskBlockManager().localDirsString()) {
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                all.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString().split("_", 2)[0])
                        .forEach(kind -> files.merge(kind, 1L, Long::sum));
            }
        }
        return files;
    }

    private Report report(List<Sample> taken, Sample cleared) {
        Table table = new Table(
                "studies",
                "threads",
                "heap in use",
                "memory beside the heap",
                "of it classes and code",
                "of it native allocations",
                "Spark's temporary files",
                "open files");
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("bench", "many-studies")
                .put("tables", tables);
        ArrayNode all = json.putArray("samples");
        for (Sample sample : taken) {
            add(table, Integer.toString(sample.studies()), sample);
            all.add(json(sample));
        }
        add(table, "all, without Delta's cache of tables", cleared);
        json.set("without_delta_cache", json(cleared));
        return new Report(
                "many-studies: one Spark application, studies of 6 trials on %,d rows, %d tables\n\n"
                                .formatted(ROWS, tables)
                        + table.text(),
                json);
    }

    private static void add(Table table, String when, Sample sample) {
        table.add(
                when,
                Integer.toString(sample.threads()),
                "%d MiB".formatted(sample.heap() >> 20),
                "%d MiB".formatted(sample.beside() >> 20),
                "%d MiB".formatted(sample.classes() >> 20),
                sample.allocated().isPresent()
                        ? "%.1f MiB".formatted(sample.allocated().getAsLong() / (double) (1 << 20))
                        : "",
                sample.files().toString(),
                Long.toString(sample.open()));
    }

    private static ObjectNode json(Sample sample) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode files = json.putObject("files");
        sample.files().forEach((kind, count) -> files.put(kind, count));
        sample.allocated().ifPresent(bytes -> json.put("allocated", bytes));
        return json.put("studies", sample.studies())
                .put("threads", sample.threads())
                .put("heap", sample.heap())
                .put("beside", sample.beside())
                .put("classes", sample.classes())
                .put("open", sample.open());
    }
}
