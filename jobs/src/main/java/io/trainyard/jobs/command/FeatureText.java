package io.trainyard.jobs.command;

import io.trainyard.jobs.run.FeatureJobs;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What jobs on features give, as text for people. */
final class FeatureText {
    private FeatureText() {}

    /** One line a result, or what to do where there is none. */
    static <T> String lines(List<T> results, Function<T, String> line, String none) {
        return results.isEmpty() ? none : results.stream().map(line).collect(Collectors.joining("\n"));
    }

    static String of(FeatureJobs.Built built) {
        return "%s: %s, version %d, %,d rows%s%s"
                .formatted(
                        built.view(),
                        built.table().path(),
                        built.table().version(),
                        built.table().rows(),
                        built.quarantined() > 0 ? ", %,d quarantined".formatted(built.quarantined()) : "",
                        built.reused() ? " (nothing to build)" : "");
    }

    static String of(FeatureJobs.Past past) {
        return "%s version %d  %s  %,d rows%s"
                .formatted(
                        past.view(),
                        past.table().version(),
                        past.built(),
                        past.table().rows(),
                        past.owners().isEmpty() ? "" : "  pinned by " + String.join(", ", past.owners()));
    }

    static String of(FeatureJobs.Pinned pin) {
        return "%s version %d  %s  since %s%s"
                .formatted(
                        pin.table(),
                        pin.version(),
                        pin.owner(),
                        pin.since(),
                        pin.reason().map(reason -> "  " + reason).orElse(""));
    }

    static String of(FeatureJobs.Vacuumed vacuumed, boolean dryRun) {
        return String.format(
                Locale.ROOT,
                "%s: %s %,d files, %.1f MiB%s",
                vacuumed.table(),
                dryRun ? "would remove" : "removed",
                vacuumed.files(),
                vacuumed.bytes() / 1024.0 / 1024.0,
                vacuumed.kept().isEmpty() ? "" : "; versions that stay: " + vacuumed.kept());
    }
}
