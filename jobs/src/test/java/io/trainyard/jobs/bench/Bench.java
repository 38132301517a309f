package io.trainyard.jobs.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code scripts/bench} starts. */
@Command(
        name = "scripts/bench",
        description = "Measures ours and its peers side by side; prints ours, peer and ratio.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SearchThroughputCommand.class,
            SearchScalingCommand.class,
            GpuSearchCommand.class,
            MatrixMemoryCommand.class,
            TrialOverheadCommand.class,
            JournalLoadCommand.class,
            AsOfJoinCommand.class,
            RollingWeeksCommand.class,
            FeatureBuildCommand.class,
            ProfileCommand.class,
            SamplerQualityCommand.class,
            SuggestionTimeCommand.class,
            ScaleCommand.class,
            ManyStudiesCommand.class,
            TimeToQualityCommand.class,
            ScoringCommand.class,
        })
final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).setUsageHelpAutoWidth(true).execute(arguments));
    }
}
