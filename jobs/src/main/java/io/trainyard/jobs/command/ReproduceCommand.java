package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.ReproduceJob;
import io.trainyard.jobs.run.Reproduction;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Score;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a version again. */
@Command(
        name = "reproduce",
        description =
                "Fits a version again from its lineage, and says which files of its bundle come out the same. Registers nothing. Exit code 1 where one comes out differently, 2 where it cannot be made again.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard models reproduce pipeline.yaml 3"})
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions pipeline;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "A number or an alias (default: the version that holds the alias, else the newest).")
    private Optional<String> wanted = Optional.empty();

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws Exception {
        try (CommandContext context = CommandContext.open(pipeline, output)) {
            ModelVersion version = VersionChoice.of(
                            context.job().registry(), context.job().pipeline())
                    .find(wanted);
            Reproduction made = new ReproduceJob(context.job()).run(version);
            output.result(json(made), text(made));
            return made.equal() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static ObjectNode json(Reproduction made) {
        ObjectNode document = ResultJson.object()
                .put("model", made.version().model())
                .put("version", made.version().number())
                .put("equal", made.equal());
        ObjectNode files = document.putObject("files");
        made.files().forEach((file, match) -> files.put(file, word(match)));
        made.predictions()
                .ifPresent(deviation -> document.putObject("predictions")
                        .put("rows", deviation.rows())
                        .put("differing", deviation.differing())
                        .put("largest", deviation.largest()));
        ObjectNode scores = document.putObject("test");
        made.scores().forEach(score -> scores.put(score.metric(), score.value()));
        made.notes().forEach(document.putArray("notes")::add);
        return document;
    }

    private static String text(Reproduction made) {
        String files = made.files().entrySet().stream()
                .map(file -> "  %-18s %s".formatted(file.getKey(), word(file.getValue())))
                .collect(Collectors.joining("\n"));
        return "%s version %d made again: %s\n%s%s%s"
                .formatted(
                        made.version().model(),
                        made.version().number(),
                        made.equal() ? "equal" : "different",
                        files,
                        made.predictions().map(ReproduceCommand::text).orElse(""),
                        made.equal() ? "" : scores(made));
    }

    private static String text(Reproduction.Deviation deviation) {
        return String.format(
                Locale.ROOT,
                "\nPredictions of %,d test rows: %,d differ, by %.3g at most",
                deviation.rows(),
                deviation.differing(),
                deviation.largest());
    }

    private static String scores(Reproduction made) {
        return "\nTest, registered and made again\n"
                + made.version().scores().stream()
                        .map(score -> String.format(
                                Locale.ROOT, "  %-18s %.6f  %.6f", score.metric(), score.value(), again(made, score)))
                        .collect(Collectors.joining("\n"));
    }

    private static double again(Reproduction made, Score registered) {
        return made.scores().stream()
                .filter(score -> score.metric().equals(registered.metric()))
                .mapToDouble(Score::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String word(Reproduction.Match match) {
        return match.name().toLowerCase(Locale.ROOT);
    }
}
