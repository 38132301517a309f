package io.trainyard.jobs.command;

import io.trainyard.jobs.config.binding.RecordBinder;
import io.trainyard.jobs.run.FeatureJobs;
import io.trainyard.jobs.run.JobException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Feature tables. */
@Command(
        name = "features",
        description = "Builds feature tables, and keeps the versions that something depends on.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "build|history|materialize|pin|unpin|pins|vacuum",
        footer = {"", "Example: trainyard features build pipeline.yaml"})
final class FeaturesCommand {
    @Command(
            name = "build",
            description = "Builds the tables of views: tests their rows, and publishes a version if the tests hold.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard features build pipeline.yaml customer terminal"})
    int build(@Mixin ViewOptions views, @Mixin OutputOptions output) throws IOException {
        try (CommandContext context = CommandContext.open(views.pipeline, output)) {
            List<FeatureJobs.Built> built = new FeatureJobs(context.job()).build(views.names);
            output.result(
                    FeatureJson.list(built, FeatureJson::of),
                    FeatureText.lines(built, FeatureText::of, "Nothing built"));
            return 0;
        }
    }

    @Command(
            name = "history",
            description = "Every version of the tables of all views, or of one.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard features history pipeline.yaml customer"})
    int history(
            @Mixin PipelineOptions pipeline,
            @Mixin OutputOptions output,
            @Parameters(index = "1", arity = "0..1", paramLabel = "VIEW", description = "The view (default: all).")
                    Optional<String> view)
            throws IOException {
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            List<FeatureJobs.Past> versions = new FeatureJobs(context.job()).history(view);
            output.result(
                    FeatureJson.list(versions, FeatureJson::of),
                    FeatureText.lines(
                            versions, FeatureText::of, "There is no feature table yet: trainyard features build"));
            return 0;
        }
    }

    @Command(
            name = "materialize",
            description = "Writes the features of all entities, as they are known at --as-of, into Delta tables.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard features materialize pipeline.yaml customer --as-of 2026-05-01"})
    int materialize(@Mixin ViewOptions views, @Mixin OutputOptions output) throws IOException {
        try (CommandContext context = CommandContext.open(views.pipeline, output)) {
            List<FeatureJobs.Built> built = new FeatureJobs(context.job()).materialize(views.names);
            output.result(
                    FeatureJson.list(built, FeatureJson::of),
                    FeatureText.lines(built, FeatureText::of, "Nothing materialized"));
            return 0;
        }
    }

    @Command(
            name = "pin",
            description = "Keeps a version of a table, whatever its age, until its owner lets it go.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard features pin pipeline.yaml customer 12 --owner audit --reason 'Q2 review'"
            })
    int pin(
            @Mixin VersionOptions wanted,
            @Mixin OutputOptions output,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stays on record.")
                    Optional<String> reason)
            throws IOException {
        try (CommandContext context = CommandContext.open(wanted.pipeline, output)) {
            FeatureJobs.Pinned pin =
                    new FeatureJobs(context.job()).pin(wanted.table, wanted.version, wanted.owner, reason);
            output.result(FeatureJson.of(pin), FeatureText.of(pin));
            return 0;
        }
    }

    @Command(
            name = "unpin",
            description = "Lets a version of a table go; it stays while another owner pins it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard features unpin pipeline.yaml customer 12 --owner audit"})
    int unpin(@Mixin VersionOptions wanted, @Mixin OutputOptions output) throws IOException {
        try (CommandContext context = CommandContext.open(wanted.pipeline, output)) {
            boolean unpinned = new FeatureJobs(context.job()).unpin(wanted.table, wanted.version, wanted.owner);
            output.result(
                    ResultJson.object()
                            .put("table", wanted.table)
                            .put("version", wanted.version)
                            .put("owner", wanted.owner)
                            .put("unpinned", unpinned),
                    (unpinned ? "%s version %d is no longer pinned by %s" : "%s version %d was not pinned by %s")
                            .formatted(wanted.table, wanted.version, wanted.owner));
            return 0;
        }
    }

    @Command(
            name = "pins",
            description = "Every version that is pinned, by whom and why.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard features pins pipeline.yaml"})
    int pins(@Mixin PipelineOptions pipeline, @Mixin OutputOptions output) throws IOException {
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            List<FeatureJobs.Pinned> pins = new FeatureJobs(context.job()).pins();
            output.result(
                    FeatureJson.list(pins, FeatureJson::of),
                    FeatureText.lines(pins, FeatureText::of, "Nothing is pinned"));
            return 0;
        }
    }

    @Command(
            name = "vacuum",
            description = "Removes the files that no version needs which is pinned or young enough.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: trainyard features vacuum pipeline.yaml --retain '7 days' --dry-run"})
    int vacuum(
            @Mixin PipelineOptions pipeline,
            @Mixin OutputOptions output,
            @Option(
                            names = "--retain",
                            paramLabel = "DURATION",
                            description = "How old a version may be without a pin (default: ${DEFAULT-VALUE}).",
                            defaultValue = "7 days")
                    String retain,
            @Option(names = "--dry-run", description = "Only says what would be removed.") boolean dryRun)
            throws IOException {
        Duration age = RecordBinder.duration(retain)
                .orElseThrow(() -> new JobException(
                        "Cannot read --retain '%s': write a duration such as 7 days or 36 h".formatted(retain)));
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            List<FeatureJobs.Vacuumed> removed = new FeatureJobs(context.job()).vacuum(age, dryRun);
            output.result(
                    FeatureJson.list(removed, FeatureJson::of),
                    FeatureText.lines(
                            removed, table -> FeatureText.of(table, dryRun), "There is no table to clean up"));
            return 0;
        }
    }

    /** Which views of a pipeline a command is about. */
    static final class ViewOptions {
        @Mixin
        private PipelineOptions pipeline;

        @Parameters(index = "1..*", paramLabel = "VIEW", description = "The views (default: all).")
        private List<String> names = List.of();
    }

    /** Which version of which table a command is about, and for whom. */
    static final class VersionOptions {
        @Mixin
        private PipelineOptions pipeline;

        @Parameters(index = "1", paramLabel = "TABLE", description = "The view, or the table below the warehouse.")
        private String table;

        @Parameters(index = "2", paramLabel = "VERSION", description = "The version of the Delta table.")
        private long version;

        @Option(names = "--owner", paramLabel = "NAME", required = true, description = "Who depends on it.")
        private String owner;
    }
}
