package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.trainyard.tuning.journal.JournalStorage;
import io.trainyard.tuning.journal.LocalSegments;
import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.placement.LostTrialException;
import io.trainyard.tuning.placement.Placement;
import io.trainyard.tuning.placement.StudyRunner;
import io.trainyard.tuning.placement.TrialStretch;
import io.trainyard.tuning.sampler.AutoSampler;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * The driver of a study on a large cluster: the real scheduler, sampler and journal, while a worker is a thread that waits for as long
 * as a trial would take.
 *
 * @param seconds the median of a trial's duration, whose logarithm has a normal distribution
 * @param lost share of trials that the cluster loses
 */
record Scale(int workers, int trials, double seconds, double lost) {
    private static final double DEVIATION = 0.5;

    Report measure() throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder()) {
            StudyDefinition definition = new StudyDefinition(
                            "bench",
                            Configuration.space(),
                            Direction.MINIMIZE,
                            Configuration.SEED,
                            Budget.ofTrials(trials))
                    .withConcurrency(Concurrency.free(workers));
            Study study = Study.open(
                    definition,
                    new JournalStorage(new LocalSegments(folder.path()), "bench"),
                    new AutoSampler(trials, workers),
                    Clock.systemUTC());
            Waiting cluster = new Waiting();
            long processor = processorNanos();
            Stopwatch stopwatch = new Stopwatch();
            new StudyRunner("bench", study, Map.of(new XGBoostLearner().name(), cluster), Clock.systemUTC())
                    .run(workers);
            double wall = stopwatch.seconds();
            double milliseconds = (processorNanos() - processor) / 1e6 / trials;
            requireAll(study.history(), folder.path());
            return report(cluster, wall, milliseconds, study.history());
        }
    }

    /** Every trial has ended, once, and the journal on disk says the same. */
    private void requireAll(History history, Path folder) {
        History written = History.replay(new JournalStorage(new LocalSegments(folder), "reader").events());
        List<Integer> numbers = written.finished().stream().map(Trial::number).toList();
        if (!written.pending().isEmpty()
                || numbers.size() != trials
                || numbers.stream().distinct().count() != trials
                || !written.finished().equals(history.finished())) {
            throw new IllegalStateException("%d of %d trials ended, the journal has %d"
                    .formatted(history.finished().size(), trials, numbers.size()));
        }
    }

    private Report report(Waiting cluster, double wall, double milliseconds, History history) {
        double busy = cluster.busy(workers);
        int failed = trials - history.complete().size();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "scale");
        json.put("workers", workers).put("trials", trials).put("wall_seconds", wall);
        json.put("busy", busy).put("driver_milliseconds", milliseconds);
        json.put("lost", cluster.losses.get()).put("failed", failed);
        Table table =
                new Table("workers", "trials", "minutes", "busy", "driver's CPU time a trial", "lost and run again");
        table.add(
                "%,d".formatted(workers),
                "%,d, each ended once".formatted(trials),
                "%.1f".formatted(wall / 60),
                "%.1f %%".formatted(100 * busy),
                "%.1f ms".formatted(milliseconds),
                "%d, and %d lost for good".formatted(cluster.losses.get(), failed));
        return new Report(
                "scale: durations log-normal around %s s; busy until the last trial is handed out\n\n"
                                .formatted(seconds)
                        + table.text(),
                json);
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** From when to when a worker had a trial, in nanoseconds. */
    private record Span(long start, long end) {}

    /** Every slot of a cluster whose trials only take time. */
    private final class Waiting implements Placement {
        private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
        private final Set<Integer> handedOut = ConcurrentHashMap.newKeySet();
        private final LongAccumulator lastHandOut = new LongAccumulator(Math::max, Long.MIN_VALUE);
        private final AtomicInteger losses = new AtomicInteger();
        private final long begin = System.nanoTime();

        @Override
        public Progress advance(String description, TrialStretch stretch) throws InterruptedException {
            long start = System.nanoTime();
            if (handedOut.add(stretch.number())) {
                lastHandOut.accumulate(start);
            }
            SplittableRandom random = new SplittableRandom(start);
            Thread.sleep((long) (1000 * seconds * Math.exp(DEVIATION * random.nextGaussian())));
            spans.add(new Span(start, System.nanoTime()));
            if (random.nextDouble() < lost) {
                losses.incrementAndGet();
                throw new LostTrialException(LostTrialException.Suspect.NOBODY, "the worker is gone", null);
            }
            double rate = Math.log(stretch.params().number("learning_rate"));
            double loss = (rate + 2) * (rate + 2) + Math.abs(stretch.params().integer("max_depth") - 6);
            return new Progress(new Boosting.Judged(List.of(loss), 0, 0), true);
        }

        /** The share of their time that workers had work, as long as there were new trials to hand out. */
        double busy(int workers) {
            long last = lastHandOut.get();
            long busy = spans.stream()
                    .mapToLong(span -> Math.max(0, Math.min(last, span.end()) - span.start()))
                    .sum();
            return busy / (double) (last - begin) / workers;
        }

        @Override
        public FittedModel fit(String description, Params params, int rounds) {
            throw new UnsupportedOperationException("Nothing is trained here");
        }

        @Override
        public void close() {}
    }
}
