package io.trainyard.jobs.bench;

import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.Session;
import io.trainyard.jobs.run.TrainJob;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rolling-weeks",
        description =
                "The example pipeline fraud.yaml over test weeks one after the other, each chosen and fitted on what came before, beside the libraries' defaults on the same rows.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RollingWeeksCommand implements Callable<Integer> {
    private static final Instant AS_OF = Instant.parse("2019-01-01T00:00:00Z");

    @Mixin
    private ExampleOptions example;

    @Option(names = "--first", defaultValue = "2018-08-01", description = "First day of the first test week.")
    private LocalDate first;

    @Option(names = "--weeks", defaultValue = "8", description = "Test weeks.")
    private int weeks;

    @Option(names = "--trials", defaultValue = "40", description = "Trials of the search, for every week.")
    private int trials;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        List<RollingWeeks.Week> results = new ArrayList<>();
        try (Session session = Session.open("rolling-weeks", ZoneOffset.UTC, Map.of());
                WorkFolder folder = new WorkFolder()) {
            for (int week = 0; week < weeks; week++) {
                LocalDate start = first.plusWeeks(week);
                JobContext context = example.context("fraud", settings(start), AS_OF, session.spark(), folder);
                results.add(RollingWeeks.week(start, new TrainJob(context).run(), session.spark()));
            }
        }
        output.write(RollingWeeks.report(results));
        return 0;
    }

    private List<String> settings(LocalDate start) {
        return List.of(
                "training.split.test.from=" + start,
                "training.split.test.to=" + start.plusWeeks(1),
                "search.trials=" + trials);
    }
}
