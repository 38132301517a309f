package io.trainyard.jobs.bench;

import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.Session;
import io.trainyard.jobs.run.TrainJob;
import io.trainyard.tuning.metric.Metric;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "time-to-quality",
        description = "How long searches take to find what random search finds, on an example pipeline.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TimeToQualityCommand implements Callable<Integer> {
    private static final List<List<String>> OURS = List.of(
            List.of("sampler=auto", "pruner=none"),
            List.of("sampler=auto", "pruner=asha"),
            List.of("sampler=auto", "pruner=median"));

    private static final Map<Metric, String> METRICS =
            Map.of(Metric.ROC_AUC, "areaUnderROC", Metric.AVERAGE_PRECISION, "areaUnderPR");

    @Mixin
    private ExampleOptions pipeline;

    @Option(names = "--example", defaultValue = "adult", description = "A pipeline of conf/examples.")
    private String example;

    @Option(names = "--trials", defaultValue = "100", description = "Trials of every study.")
    private int trials;

    @Option(
            names = "--peer-trials",
            defaultValue = "20",
            description = "Trials of the first random study that Spark's TrainValidationSplit runs too.")
    private int peerTrials;

    @Option(names = "--seeds", defaultValue = "10", description = "Studies of every kind.")
    private int seeds;

    @Mixin
    private OutputOptions output;

    private final Instant asOf = Instant.now();

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.open("time-to-quality", ZoneOffset.UTC, Map.of());
                WorkFolder folder = new WorkFolder()) {
            SparkSession spark = session.spark();
            TimeToQuality.Studies studies = settings -> new TrainJob(context(spark, folder, settings)).search();
            JobContext context = context(spark, folder, List.of());
            TimedValidationSplit split = new TimedValidationSplit(
                    METRICS.get(context.pipeline().search().metric().orElseThrow()),
                    spark.sparkContext().defaultParallelism());
            TimeToQuality.Peer peer =
                    new SparkTuning(spark, new TrainJob(context).trainingSet().set(), split);
            output.write(new TimeToQuality(trials, peerTrials, seeds).measure(example, studies, peer, OURS));
        }
        return 0;
    }

    /** XGBoost alone, whatever the example searches: the peer's time is that of its trials. */
    private JobContext context(SparkSession spark, WorkFolder folder, List<String> settings) throws IOException {
        List<String> search = new ArrayList<>(List.of("search.learners=[xgboost]"));
        settings.forEach(setting -> search.add("search." + setting));
        return pipeline.context(example, search, asOf, spark, folder);
    }
}
