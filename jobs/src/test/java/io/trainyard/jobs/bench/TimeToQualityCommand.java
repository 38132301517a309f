package io.trainyard.jobs.bench;

import io.trainyard.jobs.run.Session;
import io.trainyard.jobs.run.TrainJob;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

    @Mixin
    private ExampleOptions pipeline;

    @Option(names = "--example", defaultValue = "adult", description = "A pipeline of conf/examples.")
    private String example;

    @Option(names = "--trials", defaultValue = "100", description = "Trials of every study.")
    private int trials;

    @Option(names = "--seeds", defaultValue = "10", description = "Studies of every kind.")
    private int seeds;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.open("time-to-quality", ZoneOffset.UTC, Map.of());
                WorkFolder folder = new WorkFolder()) {
            TimeToQuality.Studies studies = settings -> {
                List<String> search =
                        settings.stream().map(setting -> "search." + setting).toList();
                return new TrainJob(pipeline.context(example, search, Instant.now(), session.spark(), folder)).search();
            };
            output.write(new TimeToQuality(trials, seeds).measure(example, studies, OURS));
        }
        return 0;
    }
}
