package io.trainyard.jobs.bench;

import io.trainyard.jobs.run.Session;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "many-studies",
        description = "What small studies leave behind in one Spark application: threads, memory, temporary files.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ManyStudiesCommand implements Callable<Integer> {
    @Option(names = "--studies", defaultValue = "200", description = "Studies, one after the other.")
    private int studies;

    @Option(names = "--tables", defaultValue = "1", description = "Tables that the studies take turns on.")
    private int tables;

    @Option(names = "--samples", defaultValue = "8", description = "How often the process is looked at.")
    private int samples;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (Session session = Session.open("many-studies", ZoneOffset.UTC, Map.of())) {
            output.write(new ManyStudies(studies, tables, samples).measure(session.spark()));
        }
        return 0;
    }
}
