package io.trainyard.jobs.bench;

import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.run.Console;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.Session;
import io.trainyard.jobs.run.TrainJob;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The folder that the example calls TRAINYARD_DATA.")
    private Path data;

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
        Path pipeline = Path.of(System.getProperty("trainyard.root"), "conf", "examples", example + ".yaml");
        try (Session session = Session.open("time-to-quality", ZoneOffset.UTC, Map.of());
                WorkFolder folder = new WorkFolder()) {
            Map<String, String> environment = Map.of(
                    "TRAINYARD_DATA", data.toAbsolutePath().toString(),
                    "TRAINYARD_WAREHOUSE", folder.path().toString());
            TimeToQuality.Studies studies = settings -> new TrainJob(JobContext.of(
                            PipelineFile.load(
                                    pipeline,
                                    Optional.empty(),
                                    settings.stream()
                                            .map(setting -> "search." + setting)
                                            .toList(),
                                    environment),
                            Instant.now(),
                            session.spark(),
                            environment,
                            new Console(System.err, false)))
                    .search();
            output.write(new TimeToQuality(trials, seeds).measure(example, studies, OURS));
        }
        return 0;
    }
}
