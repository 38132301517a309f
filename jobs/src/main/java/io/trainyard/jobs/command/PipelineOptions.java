package io.trainyard.jobs.command;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.run.JobException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command on a pipeline takes. */
final class PipelineOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PIPELINE",
            defaultValue = "pipeline.yaml",
            description = "The pipeline file, or its URI on a storage that Hadoop knows (default: ${DEFAULT-VALUE}).")
    private String file;

    @Option(names = "--target", paramLabel = "NAME", description = "The target whose settings overlay the file.")
    private Optional<String> target = Optional.empty();

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Replaces one setting, as in search.trials=10.")
    private List<String> sets = List.of();

    @Option(
            names = "--as-of",
            paramLabel = "TIMESTAMP",
            description =
                    "The logical time: nothing later is read (default: now). As in 2026-05-01T00:00:00Z or 2026-05-01.")
    private Optional<String> asOf = Optional.empty();

    private final Map<String, String> environment;

    PipelineOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    String file() {
        return file;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The file, with everything checked that can be without Spark. */
    Pipeline load() {
        return PipelineFile.read(ShippedFile.textOf(file), target, sets, environment)
                .pipeline();
    }

    /** The same with more settings, which count before those of the command line. */
    Pipeline load(Map<String, String> settings) {
        List<String> all = new ArrayList<>(sets);
        settings.forEach((path, value) -> all.add(path + "=" + value));
        return PipelineFile.read(ShippedFile.textOf(file), target, all, environment)
                .pipeline();
    }

    /** The logical time, read in the pipeline's time zone where it has none of its own. */
    Instant asOf(ZoneId zone) {
        return asOf.map(text -> moment("--as-of", text, zone)).orElseGet(Instant::now);
    }

    /**
     * A moment of an option.
     *
     * @throws JobException if it is none
     */
    static Instant moment(String option, String text, ZoneId zone) {
        try {
            if (text.length() == "2026-05-01".length()) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            String iso = text.replace(' ', 'T');
            return iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:?\\d\\d$")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeParseException unreadable) {
            throw new JobException(
                    "Cannot read %s '%s': write a timestamp such as 2026-05-01T00:00:00Z, or a date such as 2026-05-01"
                            .formatted(option, text),
                    unreadable);
        }
    }
}
