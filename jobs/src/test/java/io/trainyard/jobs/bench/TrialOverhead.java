package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.journal.JournalStorage;
import io.trainyard.tuning.journal.LocalSegments;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a trial costs that does nothing.
 *
 * <p>In process, one worker asks and tells, and every trial is durable before the next begins. Through Spark, a trial is the product's
 * own task, over a hundred rows and for one round, as many at once as there are slots.
 *
 * @param trials of ours
 * @param peerTrials of Ray Tune; compared by time a trial
 * @param pairs how often all contestants run
 * @param slots trials at once through Spark, and by Ray Tune
 */
record TrialOverhead(int trials, int peerTrials, int pairs, int slots, RayTune ray) {
    private static final int ROWS = 100;
    private static final int COLUMNS = 2;
    /** At most so many trials before anything is measured: classes are loaded and compiled then. */
    private static final int WARM_UP = 500;

    Report measure(SparkSession spark) throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder()) {
            Dataset<Row> rows = BenchRows.simulated(spark, ROWS, COLUMNS, Configuration.SEED, 1);
            ResidentSearch tasks = new ResidentSearch(rows, COLUMNS, slots, 1, folder.path());
            tasks.run(Configuration.draw(Math.min(trials, WARM_UP)));
            inProcess(Math.min(trials, WARM_UP), folder.path());
            List<Double> throughSpark = new ArrayList<>();
            List<Double> inProcess = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                throughSpark.add(tasks.run(Configuration.draw(trials)).search());
                inProcess.add(inProcess(trials, folder.path()));
            }
            List<Measurement> measured = new ArrayList<>();
            measured.add(new Measurement("ours, through Spark tasks", trials, slots, throughSpark));
            measured.add(new Measurement("ours, in process", trials, 1, inProcess));
            if (ray.installed()) {
                measured.add(new Measurement(
                        RayTune.NAME, peerTrials, slots, ray.seconds(peerTrials, slots, pairs, folder.path())));
            }
            return report(measured);
        }
    }

    private static double inProcess(int trials, Path folder) throws IOException, InterruptedException {
        StudyDefinition definition = new StudyDefinition(
                "bench", Configuration.space(), Direction.MAXIMIZE, Configuration.SEED, Budget.ofTrials(trials));
        JournalStorage journal =
                new JournalStorage(new LocalSegments(Files.createTempDirectory(folder, "journal")), "bench");
        Stopwatch stopwatch = new Stopwatch();
        Study study = Study.open(definition, journal, new RandomSampler(), Clock.systemUTC());
        Optional<Trial> trial = study.next();
        while (trial.isPresent()) {
            trial = study.tellAndNext(trial.get().number(), new Outcome.Complete(0.5));
        }
        return stopwatch.seconds();
    }

    private Report report(List<Measurement> measured) {
        Measurement ours = measured.get(0);
        Table table =
                new Table("contestant", "trials", "seconds (median, min to max)", "trials/s", "ms a trial", "ours is");
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "trial-overhead");
        json.putObject("settings")
                .put("trials", trials)
                .put("peer_trials", peerTrials)
                .put("pairs", pairs)
                .put("slots", slots);
        ArrayNode contestants = json.putArray("contestants");
        for (Measurement each : measured) {
            table.add(
                    each.contestant(),
                    "%,d".formatted(each.trials()),
                    each.secondsText(),
                    "%.1f".formatted(each.trialsPerSecond()),
                    "%.2f".formatted(each.millisecondsPerTrial()),
                    "%.2f×".formatted(each.ratioTo(ours)));
            contestants.add(each.json(ours).put("milliseconds_per_trial", each.millisecondsPerTrial()));
        }
        String title = """
                trial-overhead: trials that do nothing, %d at once (in process 1), %d pairs; time a trial is that in its slot

                """.formatted(slots, pairs);
        String missing = measured.size() == 3 ? "" : RayTune.NAME + " is not installed: no figure of it\n";
        return new Report(title + table.text() + missing, json);
    }
}
