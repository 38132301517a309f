package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureFolders;
import io.trainyard.features.build.FeatureStore;
import io.trainyard.features.build.FeatureTable;
import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.features.privacy.HashKey;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.view.Source;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables of a pipeline's warehouse that are made of its sources. */
final class FeatureTables {
    private FeatureTables() {}

    static SourceReader sources(JobContext context) {
        Map<String, Source> all = new LinkedHashMap<>();
        context.pipeline()
                .sources()
                .keySet()
                .forEach(name -> all.put(name, Declarations.source(context.pipeline(), name)));
        return new SourceReader(
                        context.spark(),
                        context.pipeline().timezone(),
                        Optional.ofNullable(context.environment().get(HashKey.VARIABLE)))
                .withNamed(all);
    }

    static FeatureStore store(JobContext context) {
        return new FeatureStore(
                context.spark(),
                context.pipeline().timezone(),
                new FeatureFolders(
                        context.warehouse().features(),
                        context.warehouse().materialized(),
                        context.warehouse().quarantine()),
                sources(context));
    }

    static TrainingSetBuilder trainingSets(JobContext context) {
        return new TrainingSetBuilder(
                context.spark(),
                context.pipeline().timezone(),
                context.warehouse().trainingSets(),
                store(context));
    }

    /** What a build did, and what its tests found. */
    static void say(Console console, FeatureTable table) {
        String change = switch (table.change()) {
            case REUSED -> "nothing to build:";
            case EXTENDED -> "extended";
            case BUILT -> "built";
        };
        console.say("%s %s, version %d: %,d rows"
                .formatted(
                        change,
                        table.commit().table().path(),
                        table.commit().table().version(),
                        table.commit().table().rows()));
        if (table.change() == FeatureTable.Change.REUSED) {
            return;
        }
        table.dropped().forEach((reason, rows) -> console.say("  left out %,d rows: %s".formatted(rows, reason)));
        table.reports().forEach(report -> say(console, report));
    }

    /** Tests that found something. */
    static void say(Console console, TestReport report) {
        report.results().stream()
                .filter(result -> result.failed() > 0)
                .forEach(result -> console.say("  %s: %,d of %,d rows of %s fail '%s'"
                        .formatted(
                                result.action().name().toLowerCase(Locale.ROOT),
                                result.failed(),
                                result.rows(),
                                report.table(),
                                result.test())));
    }
}
